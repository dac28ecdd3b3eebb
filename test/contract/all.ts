import { type Count, total } from '../../scripts/count';
import { lintTemplates } from './cfn-lint';
import { contract, validate } from './run';
import { submit } from './submit';

/** Everything that Amazon's own tools say of the type: cfn-lint, `cfn validate`, `cfn submit` and `cfn test`. */
export async function contractTests(): Promise<Count> {
  return total([lintTemplates(), validate(), submit(), await contract()]);
}
