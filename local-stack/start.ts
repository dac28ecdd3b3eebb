import { join } from 'node:path';
import { type Harness, startHarness } from '../emulator/harness';
import { parseArguments } from './arguments';
import { demo } from './demo';
import { createFixture } from './fixture';
import { report } from './report';
import { runTemplate } from './run-template';
import type { StackContext } from './stack-context';
import { UnsupportedTemplateError } from './unsupported-template';

const root = join(__dirname, '..');
const example = join(root, 'examples', 'email-setup.yaml');
/** Otherwise the SDK prints its warning about Node 20 in the middle of the report. */
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
/** A setup that waits for an identity is invoked every 30 seconds by CloudFormation, and every half second here. */
const delayScale = 1 / 60;

/**
 * `npm start`: runs a template, or the demo without one, with the built handler on the embedded AWS. Exits with 1 where
 * anything differs from the template, and with 2 for what cannot be run.
 */
async function main(): Promise<number> {
  let harness: Harness | undefined;
  try {
    const { file, region, parameters, update } = parseArguments(process.argv.slice(2));
    harness = await startHarness({ delayScale });
    const stackReport = report();
    const caller = harness.caller(region);
    const context: StackContext = { aws: harness.aws, region, caller, report: stackReport };
    if (file === undefined) await runDemo(context);
    else await runTemplate(context, { file, parameters, update });
    const { failures } = stackReport;
    process.stdout.write(
      failures.length === 0 ? '\nEverything is as declared.\n' : `\nNot as declared: ${failures.join('; ')}\n`,
    );
    return failures.length === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof UnsupportedTemplateError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  } finally {
    await harness?.close();
  }
}

async function runDemo({ aws, region, caller, report }: StackContext): Promise<void> {
  const fixture = createFixture(aws, region);
  if (!fixture) {
    throw new UnsupportedTemplateError(
      `AWS's table has no row for ${region}: name the Region of a user pool, such as me-central-1.`,
    );
  }
  report.heading(`A user pool in ${region}, with identities in SES of ${fixture.sesRegions.join(', ')}`);
  await demo(fixture, caller, example, report);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    process.exitCode = 1;
  },
);
