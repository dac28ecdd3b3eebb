import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startHarness } from '../../emulator/harness';
import type { Count } from '../../scripts/count';
import { pythonEnvironment } from '../../scripts/python-environment';

const root = join(__dirname, '..', '..');

/** The input sets of `inputs/` and the Region in which each is a contract of its own. */
const sets = [
  { number: 1, region: 'us-east-1' }, // DEVELOPER, in the pool's own Region
  { number: 2, region: 'me-central-1' }, // COGNITO_DEFAULT with an address, two Regions and a wildcard SourceArn
  { number: 3, region: 'eu-west-1' }, // COGNITO_DEFAULT, Cognito's own address
] as const;

/** `cfn validate`: one test, failed where it finds an error or warns. */
export function validate(): Count {
  const cfn = join(pythonEnvironment(), 'cfn');
  const project = stageProject(1);
  const { status, stdout, stderr } = spawnSync(cfn, ['validate'], { cwd: project, encoding: 'utf8' });
  const output = `${stdout}${stderr}`.replaceAll(/^Explicitly specify.*$/gm, '');
  const ok = status === 0 && !/warn/i.test(output);
  process.stdout.write(`cfn validate: ${ok ? 'no error and no warning' : output}\n`);
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
}

/** `cfn test` for every input set, against the built bundle on the embedded AWS. */
export async function contract(): Promise<Count> {
  let [passed, failed] = [0, 0];
  for (const { number, region } of sets) {
    const count = await testSet(number, region);
    passed += count.passed;
    failed += count.failed;
  }
  return { passed, failed };
}

async function testSet(number: number, region: string): Promise<Count> {
  const bin = pythonEnvironment();
  const project = stageProject(number);
  const { UserPoolId } = JSON.parse(readFileSync(join(project, 'inputs', 'inputs_1_create.json'), 'utf8'));
  const harness = await startHarness();
  const { aws, handler } = harness;
  aws.lambda = (payload) => handler.invoke(payload);
  aws.region(region).cognito.addPool({}, { id: UserPoolId });
  for (const ses of ['us-east-1', 'eu-west-1', 'eu-central-1', 'eu-west-2']) {
    for (const identity of ['example.com', 'no-reply@example.com']) aws.region(ses).ses.addIdentity(identity);
    aws.region(ses).ses.addConfigurationSet('sign-up');
  }
  const { accessKeyId, secretAccessKey, sessionToken } = aws.credentials();
  const output = await run(
    join(bin, 'cfn'),
    ['test', '--endpoint', aws.url, '--region', region, '--enforce-timeout', '30'],
    project,
    {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
      CONTRACT_STS_ENDPOINT: aws.url,
      PYTHONPATH: join(__dirname, 'python'),
    },
  );
  await harness.close();
  const count = { passed: counted(output, 'passed'), failed: counted(output, 'failed') + counted(output, 'error') };
  process.stdout.write(`cfn test, inputs ${number} in ${region}: ${count.passed} passed, ${count.failed} failed\n`);
  if (count.failed > 0 || count.passed === 0) process.stdout.write(output);
  return count.passed === 0 ? { passed: 0, failed: Math.max(1, count.failed) } : count;
}

/** A project as the CLI looks for it, with one input set: each set has a Region of its own, the CLI takes one a run. */
function stageProject(number: number): string {
  const project = join(root, 'build', 'contract', String(number));
  rmSync(project, { recursive: true, force: true });
  mkdirSync(join(project, 'inputs'), { recursive: true });
  cpSync(join(root, '.rpdk-config'), join(project, '.rpdk-config'));
  cpSync(join(root, 'schema.json'), join(project, 'org-cognito-emailsetup.json'));
  for (const step of ['create', 'update']) {
    cpSync(join(root, 'inputs', `inputs_${number}_${step}.json`), join(project, 'inputs', `inputs_1_${step}.json`));
  }
  return project;
}

function run(program: string, args: readonly string[], cwd: string, environment: Record<string, string>) {
  return new Promise<string>((resolve) => {
    const child = spawn(program, args, { cwd, env: { ...process.env, ...environment } });
    let output = '';
    child.stdout.on('data', (chunk) => (output += String(chunk)));
    child.stderr.on('data', (chunk) => (output += String(chunk)));
    child.on('error', (error) => resolve(`${output}${String(error)}`));
    child.on('close', () => resolve(output));
  });
}

function counted(output: string, what: string): number {
  return Number(new RegExp(`(\\d+) ${what}`).exec(output)?.[1] ?? 0);
}
