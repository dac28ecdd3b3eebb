import { finalProgressEvent } from '../../emulator/cloudformation/run-handler';
import { addPoolFor, type BenchSetup, startBenchHarness, usual } from '../harness';
import { type Benchmark, calls, seconds } from '../row';

const pools = 50;

const onOneIdentity: BenchSetup = {
  region: usual.region,
  properties: { EmailSendingAccount: 'DEVELOPER', Identity: 'example.org', From: 'no-reply@example.org' },
};

/** Fifty stacks at once on one identity, at AWS's own pace. */
export const fiftyStacks: Benchmark = async () => {
  const harness = await startBenchHarness();
  try {
    const { aws } = harness;
    const each = Array.from({ length: pools }, () => addPoolFor(harness, onOneIdentity));
    Object.assign(aws.limits, { ses: 1, cognito: 15 });
    const began = performance.now();
    const answers = await Promise.all(
      each.map((properties) =>
        finalProgressEvent(harness.caller(onOneIdentity.region), { action: 'CREATE', properties }),
      ),
    );
    const took = (performance.now() - began) / 1000;
    const failed = answers.find(({ status }) => status !== 'SUCCESS');
    if (failed) throw new Error(`one of fifty failed: ${failed.errorCode}: ${failed.message}`);
    const ses = aws.calls.filter(({ service }) => service === 'ses');
    const answered = ses.filter(({ status }) => status === 200).length;
    return [
      {
        name: `${pools} Creates at once on one identity`,
        measured: seconds(took),
        baseline: { ...seconds(answered), what: `${answered} SES calls made, at one a second` },
        aim: { text: 'at most 1.35 ×', met: took <= 1.35 * answered },
      },
      {
        name: 'SES calls refused in these Creates',
        measured: calls(ses.length - answered),
        baseline: { ...calls(answered), what: 'SES calls answered' },
        aim: { text: 'at most 4 ×', met: ses.length - answered <= 4 * answered },
      },
    ];
  } finally {
    await harness.close();
  }
};
