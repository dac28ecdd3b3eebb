import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { builtHandler } from '../../emulator/harness';
import { installedConstruct, run } from '../support/construct';

const root = join(__dirname, '..', '..');
const json = (...path: readonly string[]) => JSON.parse(readFileSync(join(...path), 'utf8'));
const [ours, theirs] = [json(root, 'package.json'), json(root, 'cdk', 'package.json')];

let folder: string;
let installed: string;
beforeAll(() => {
  folder = installedConstruct();
  installed = join(folder, 'node_modules', theirs.name);
}, 120_000);

test('construct, type and example have one version', () => {
  expect(theirs.version).toBe(ours.version);
  expect(theirs.license).toBe(ours.license);
  const { dependencies } = json(root, 'examples', 'cdk', 'package.json');
  expect(dependencies).toEqual({
    'aws-cdk-lib': ours.devDependencies['aws-cdk-lib'],
    constructs: ours.devDependencies.constructs,
    [theirs.name]: `file:../../build/${theirs.name}-${ours.version}.tgz`,
  });
});

test('the package holds the built construct, its types, its licence, and no source', () => {
  expect(readdirSync(installed).sort()).toEqual(['LICENSE', 'README.md', 'dist', 'package.json']);
  const dist = ['email-setup.d.ts', 'index.d.ts', 'index.js', 'props.d.ts'];
  expect(readdirSync(join(installed, 'dist')).sort()).toEqual(dist);
  expect(readFileSync(join(installed, 'LICENSE'), 'utf8')).toBe(readFileSync(join(root, 'LICENSE'), 'utf8'));
});

test('the construct needs AWS CDK as its peer, and nothing else', () => {
  expect(Object.keys(theirs.peerDependencies)).toEqual(['aws-cdk-lib', 'constructs']);
  expect(theirs.dependencies).toBeUndefined();
  const text = readFileSync(join(installed, 'dist', 'index.js'), 'utf8');
  const required = [...text.matchAll(/require\("([^"]+)"\)/g)].map(([, name = '']) => name.replace('node:', ''));
  expect(required).toContain('aws-cdk-lib');
  expect(required.filter((name) => !builtinModules.includes(name) && name !== 'aws-cdk-lib')).toEqual([]);
  const bundled = [...text.matchAll(/^\/\/ node_modules\/((?:@[^/]+\/)?[^/]+)/gm)].map(([, name]) => name);
  expect([...new Set(bundled)].sort()).toEqual(['fastest-levenshtein', 'nodemailer', 'postal-mime']);
});

test('the handler has no part of AWS CDK', async () => {
  const { metafile } = await build({
    entryPoints: [join(root, 'src', 'handlers.ts')],
    bundle: true,
    packages: 'external',
    platform: 'node',
    metafile: true,
    write: false,
    outdir: root,
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports.map(({ path }) => path));
  expect(imports).toContain('nodemailer/lib/mime-funcs');
  expect(imports.filter((path) => /^(aws-cdk-lib|constructs)/.test(path))).toEqual([]);
  expect(Object.keys(metafile.inputs).filter((path) => path.startsWith('cdk/'))).toEqual([]);
  expect(Object.keys(ours.dependencies)).not.toEqual(expect.arrayContaining(['aws-cdk-lib']));
  expect(Object.keys(ours.dependencies)).not.toEqual(expect.arrayContaining(['constructs']));
  expect(readFileSync(builtHandler, 'utf8')).not.toMatch(/aws-cdk/);
});

test('the published types compile under strict, and refuse what the schema refuses', () => {
  writeFileSync(
    join(folder, 'consumer.ts'),
    `import { Stack } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { EmailSetup, type EmailSetupProps } from '${theirs.name}';
const stack = new Stack();
const userPool = UserPool.fromUserPoolId(stack, 'Pool', 'eu-west-1_AbCdEf123');
const props: EmailSetupProps = { userPool, emailSendingAccount: 'DEVELOPER', identity: 'no-reply@example.com', verificationTimeoutMinutes: 5 };
const email = new EmailSetup(stack, 'Email', props);
export const attributes: [string, string, string[]] = [email.ref, email.sourceArn, email.sesRegions];
// @ts-expect-error: no user pool
new EmailSetup(stack, 'A', { emailSendingAccount: 'DEVELOPER' });
// @ts-expect-error: no sender
new EmailSetup(stack, 'B', { userPool });
// @ts-expect-error: a word that is not Cognito's
new EmailSetup(stack, 'C', { userPool, emailSendingAccount: 'SES' });
// @ts-expect-error: a misspelt property
new EmailSetup(stack, 'D', { userPool, emailSendingAccount: 'DEVELOPER', identitty: 'example.com' });
// @ts-expect-error: text for a number
new EmailSetup(stack, 'E', { userPool, emailSendingAccount: 'DEVELOPER', verificationTimeoutMinutes: '5' });
// @ts-expect-error: read-only
new EmailSetup(stack, 'F', { userPool, emailSendingAccount: 'DEVELOPER', sourceArn: 'arn' });
`,
  );
  // With the library check on, an unresolved import in our own .d.ts is an error and not an \`any\`.
  const options = ['--strict', '--noEmit', '--skipLibCheck', 'false', '--types', 'node'];
  run(folder, 'npx', ['tsc', ...options, '--module', 'node20', '--target', 'es2022', 'consumer.ts']);
}, 120_000);
