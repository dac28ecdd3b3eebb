import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { hostFunction } from '../emulator/function/host';
import { type EmbeddedAws, startAws } from '../emulator/index';
import { CannotRun } from './cannot-run';
import { report } from './report';
import type { Site } from './resources/type';
import { runTemplate } from './run';
import { setScene } from './scene';
import { walk } from './walk';

const root = join(__dirname, '..');
const example = join(root, 'examples', 'email-setup.yaml');
const bundle = join(root, 'build', 'TypeFunction', 'dist', 'handlers.js');
const use = 'Use: npm start -- [FILE] [--region REGION] [--parameter NAME=VALUE]… [--update NAME=VALUE]…';
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
    const { file, region, parameters, update } = asked();
    aws = await startAws();
    handler = hostFunction(bundle, { AWS_ENDPOINT_URL: aws.url });
    const said = report();
    const account = '111122223333';
    const caller = { invoke: handler.invoke, region, account, credentials: aws.credentials(account), pace };
    const site: Site = { aws, region, caller, report: said };
    if (file === undefined) await walkThrough(site);
    else await runTemplate(site, { file, parameters, update });
    const { failures } = said;
    process.stdout.write(
      failures.length === 0 ? '\nEverything is as declared.\n' : `\nNot as declared: ${failures.join('; ')}\n`,
    );
    return failures.length === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof CannotRun)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  } finally {
    await handler?.stop();
    await aws?.close();
  }
}

async function walkThrough({ aws, region, caller, report }: Site): Promise<void> {
  const scene = setScene(aws, region);
  if (!scene) {
    throw new CannotRun(`AWS's table has no row for ${region}: name the Region of a user pool, such as me-central-1.`);
  }
  report.heading(`A user pool in ${region}, with identities in SES of ${scene.sesRegions.join(', ')}`);
  await walk(scene, caller, example, report);
}

/** What the command line asks for. */
function asked() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        region: { type: 'string', default: 'eu-west-1' },
        parameter: { type: 'string', multiple: true, default: [] },
        update: { type: 'string', multiple: true },
      },
    });
    const [file, ...more] = positionals;
    if (more.length > 0) throw new Error(`One template at a time: ${more.join(', ')} is too much.`);
    if (!/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(values.region)) throw new Error(`${values.region} is no Region.`);
    if (file === undefined && (values.parameter.length > 0 || values.update))
      throw new Error('Parameters need a FILE.');
    const update = values.update && pairs(values.update);
    return { file, region: values.region, parameters: pairs(values.parameter), update };
  } catch (error) {
    throw new CannotRun(`${error instanceof Error ? error.message : error}\n${use}`);
  }
}

function pairs(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
      if (name === undefined || value === undefined) throw new Error(`${text} is not NAME=VALUE.`);
      return [name, value];
    }),
  );
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
