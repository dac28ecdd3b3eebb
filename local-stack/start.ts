import { join } from 'node:path';
import { hostFunction } from '../emulator/function/host';
import { type EmbeddedAws, startAws } from '../emulator/index';
import { asked } from './arguments';
import { demo } from './demo';
import { createFixture } from './fixture';
import { report } from './report';
import type { StackContext } from './resources/type';
import { runTemplate } from './run';
import { UnsupportedTemplateError } from './unsupported-template';

const root = join(__dirname, '..');
const example = join(root, 'examples', 'email-setup.yaml');
const bundle = join(root, 'build', 'TypeFunction', 'dist', 'handlers.js');
/** The SDK would warn of the end of Node 20, in the middle of the report. */
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
/** CloudFormation waits half a minute between two looks at an identity; here half a second passes. */
const pace = 1 / 60;

/**
 * `npm start`: runs a template, or without one the walk through the main job, through the built handler on the embedded
 * AWS. Ends with 1 where anything is not as declared, 2 for what cannot be run.
 */
async function main(): Promise<number> {
  let aws: EmbeddedAws | undefined;
  let handler: ReturnType<typeof hostFunction> | undefined;
  try {
    const { file, region, parameters, update } = asked(process.argv.slice(2));
    aws = await startAws();
    handler = hostFunction(bundle, { AWS_ENDPOINT_URL: aws.url });
    const said = report();
    const account = '111122223333';
    const caller = { invoke: handler.invoke, region, account, credentials: aws.credentials(account), pace };
    const site: StackContext = { aws, region, caller, report: said };
    if (file === undefined) await walkThrough(site);
    else await runTemplate(site, { file, parameters, update });
    const { failures } = said;
    process.stdout.write(
      failures.length === 0 ? '\nEverything is as declared.\n' : `\nNot as declared: ${failures.join('; ')}\n`,
    );
    return failures.length === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof UnsupportedTemplateError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  } finally {
    await handler?.stop();
    await aws?.close();
  }
}

async function walkThrough({ aws, region, caller, report }: StackContext): Promise<void> {
  const scene = createFixture(aws, region);
  if (!scene) {
    throw new UnsupportedTemplateError(
      `AWS's table has no row for ${region}: name the Region of a user pool, such as me-central-1.`,
    );
  }
  report.heading(`A user pool in ${region}, with identities in SES of ${scene.sesRegions.join(', ')}`);
  await demo(scene, caller, example, report);
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
