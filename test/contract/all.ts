import { lintTemplates } from './cfn-lint';
import { type Count, contract, validate } from './run';
import { submit } from './submit';

/** Everything that Amazon's own tools say of the type: cfn-lint, `cfn validate`, `cfn submit` and `cfn test`. */
export async function contractTests(): Promise<Count> {
  const counts = [lintTemplates(), validate(), submit(), await contract()];
  return {
    passed: counts.reduce((sum, { passed }) => sum + passed, 0),
    failed: counts.reduce((sum, { failed }) => sum + failed, 0),
  };
}
