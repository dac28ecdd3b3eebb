import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { hostFunction } from '../emulator/function/host';
import { startAws } from '../emulator/index';
import { report } from './report';
import { setScene } from './scene';
import { walk } from './walk';

const root = join(__dirname, '..');
const template = join(root, 'examples', 'email-setup.yaml');
const bundle = join(root, 'build', 'TypeFunction', 'dist', 'handlers.js');

/** `npm start`: runs the built handler on the embedded AWS. Ends with 1 where anything is not as declared, 2 for bad input. */
async function main(): Promise<number> {
  let region: string;
  try {
    region = parseArgs({ options: { region: { type: 'string', default: 'eu-west-1' } } }).values.region;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\nUse: npm start -- --region eu-west-1\n`);
    return 2;
  }
  const aws = await startAws();
  const scene = setScene(aws, region);
  if (!scene) {
    process.stderr.write(
      `AWS's table has no row for ${region}: name the Region of a user pool, such as me-central-1.\n`,
    );
    await aws.close();
    return 2;
  }
  const handler = hostFunction(bundle, { AWS_ENDPOINT_URL: aws.url });
  const said = report();
  said.heading(`A user pool in ${region}, with identities in SES of ${scene.sesRegions.join(', ')}`);
  try {
    const caller = { invoke: handler.invoke, region, account: '111122223333', credentials: aws.credentials() };
    await walk(scene, caller, template, said);
  } finally {
    await handler.stop();
    await aws.close();
  }
  const { failures } = said;
  process.stdout.write(
    failures.length === 0 ? '\nEverything is as declared.\n' : `\nNot as declared: ${failures.join('; ')}\n`,
  );
  return failures.length === 0 ? 0 : 1;
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
