import { outcome } from '../../emulator/cloudformation/drive';
import { onNewPool, type Sample, startBenchHarness, usual } from '../harness';
import { calls, type Figure, seconds } from '../row';

const pools = 50;

const onOneIdentity: Sample = {
  region: usual.region,
  properties: { EmailSendingAccount: 'DEVELOPER', Identity: 'example.org', From: 'no-reply@example.org' },
};

/** Fifty stacks at once on one identity, at AWS's own pace. */
export const fifty: Figure = async () => {
  const ground = await startBenchHarness();
  try {
    const { aws } = ground;
    const each = Array.from({ length: pools }, () => onNewPool(ground, onOneIdentity));
    Object.assign(aws.limits, { ses: 1, cognito: 15 });
    const began = performance.now();
    const answers = await Promise.all(
      each.map((properties) => outcome(ground.caller(onOneIdentity.region), { action: 'CREATE', properties })),
    );
    const took = (performance.now() - began) / 1000;
    const failed = answers.find(({ status }) => status !== 'SUCCESS');
    if (failed) throw new Error(`one of fifty failed: ${failed.errorCode}: ${failed.message}`);
    const ses = aws.calls.filter(({ service }) => service === 'ses');
    const answered = ses.filter(({ status }) => status === 200).length;
    return [
      {
        figure: `${pools} Creates at once on one identity`,
        measured: seconds(took),
        yardstick: { ...seconds(answered), what: `${answered} SES calls made, at one a second` },
        aim: { text: 'at most 1.35 ×', met: took <= 1.35 * answered },
      },
      {
        figure: 'SES calls refused in these Creates',
        measured: calls(ses.length - answered),
        yardstick: { ...calls(answered), what: 'SES calls answered' },
        aim: { text: 'at most 4 ×', met: ses.length - answered <= 4 * answered },
      },
    ];
  } finally {
    await ground.close();
  }
};
