import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../emulator/types';
import { referencesIn } from '../../local-stack/intrinsic-functions';
import { parameterValues } from '../../local-stack/parameters';
import { resolveTemplate } from '../../local-stack/resolved-template';
import { emailSetupType } from '../../local-stack/resources/supported-types';
import { readTemplate } from '../../local-stack/template';
import { expectSetup } from '../support/expect-setup';
import { startTestHarness, type TestHarness } from '../support/harness';
import { runOn, templateFile } from '../support/runner';
import type { SetupKind } from '../support/setup-kinds';
import { filesIn } from '../support/templates';

const root = join(__dirname, '..', '..');
const example = (name: string) => join(root, 'examples', name);
const text = (name: string) => readFileSync(example(name), 'utf8');
const domainSender = { EmailSendingAccount: 'DEVELOPER', Identity: 'example.com', From: 'no-reply@example.com' };
const marked = { regions: ['eu-west-1'], arnRegion: 'eu-west-1', identity: 'example.com', principal: undefined };

let harness: TestHarness;
beforeEach(async () => {
  harness = await startTestHarness();
});
afterEach(() => harness.close());

/** The only pool of a Region. */
function poolIn(region: string): string {
  const ids = [...harness.regionState(region).cognito.pools.keys()];
  expect(ids).toHaveLength(1);
  return ids[0] ?? '';
}

const expectKind = (region: string, poolId: string, kind: Omit<SetupKind, 'name'>) =>
  expectSetup(harness, region, poolId, { name: 'of the example', ...kind });

describe('the list of examples', () => {
  const readme = text('README.md');

  test('names each of them', () => {
    const files = filesIn('examples').flatMap((file) =>
      /\.(yaml|tf)$/.test(file) ? [file.replace('examples/', '')] : [],
    );
    expect(files.length).toBeGreaterThan(8);
    // The template of one account stands in its command.
    for (const file of files) expect(readme).toContain(file);
  });

  const commands = [...readme.matchAll(/`npm start -- ([^`]+)`/g)].map(([, args = '']) => args);
  test.each(commands)('tells the truth: npm start -- %s', async (args) => {
    const [file = '', ...rest] = args.split(' ');
    const { failures, stack } = await runOn(harness, join(root, file), ...rest);
    expect(failures).toEqual([]);
    expect([...stack.values()].map(({ declared }) => declared.type)).toContain(emailSetupType);
  });
});

test('an address identity: Cognito’s own sender, trusted by a policy', async () => {
  expect((await runOn(harness, example('address-identity.yaml'))).failures).toEqual([]);
  expectKind('eu-west-1', poolIn('eu-west-1'), {
    properties: { EmailSendingAccount: 'COGNITO_DEFAULT' },
    regions: ['eu-west-1'],
    arnRegion: 'eu-west-1',
    identity: 'no-reply@example.com',
    principal: 'email.cognito-idp.amazonaws.com',
  });
});

test('a domain identity: a name, a reply address and the template’s own configuration set', async () => {
  expect((await runOn(harness, example('domain-identity.yaml'))).failures).toEqual([]);
  const From = '"Example, Inc." <no-reply@example.com>';
  expectKind('eu-west-1', poolIn('eu-west-1'), {
    ...marked,
    properties: {
      ...domainSender,
      From,
      ReplyToEmailAddress: 'help@example.com',
      ConfigurationSet: 'sign-up-mail',
    },
  });
});

test.each([
  ['me-central-1', ['eu-central-1', 'eu-west-2']],
  ['ap-east-1', ['ap-southeast-1', 'ap-northeast-1']],
])('an alternate Region, %s: one Region for DEVELOPER, both for COGNITO_DEFAULT', async (region, regions) => {
  const { failures, stack } = await runOn(harness, example('alternate-region.yaml'), '--region', region);
  expect(failures).toEqual([]);
  const principal = `cognito-idp.${region}.amazonaws.com`;
  expectKind(region, stack.get('Customers')?.values.ref ?? '', {
    ...{ properties: domainSender, identity: 'example.com', principal },
    ...{ regions: regions.slice(0, 1), arnRegion: regions[0] },
  });
  const properties = { EmailSendingAccount: 'COGNITO_DEFAULT' };
  expectKind(region, stack.get('Staff')?.values.ref ?? '', {
    ...{ properties, identity: 'no-reply@example.net', principal, regions, arnRegion: '*' },
  });
});

describe('the identity in the same template', () => {
  const file = 'identity-in-the-template.yaml';

  test('is waited for, before anything is written', async () => {
    const { failures, lines } = await runOn(harness, example(file));
    expect(failures).toEqual([]);
    expect(lines.filter((line) => line.startsWith('waits: '))).toEqual([expect.stringMatching(/PENDING.*DNS records/)]);
    const written = harness.callsSince(0).filter((call) => !/^(Get|Describe)/.test(call));
    expect(written.slice(0, 2).sort()).toEqual(['CreateEmailIdentity@eu-west-1', 'CreateUserPool@eu-west-1']);
    const [looks, update] = ['GetEmailIdentity@eu-west-1', 'UpdateUserPool@eu-west-1'];
    const before = harness.callsSince(0).slice(0, harness.callsSince(0).indexOf(update));
    expect(before.filter((call) => call === looks).length).toBeGreaterThan(1);
    expectKind('eu-west-1', poolIn('eu-west-1'), { ...marked, properties: domainSender });
  });

  test('is not waited for without VerificationTimeoutMinutes, and the whole stack rolls back', async () => {
    const impatient = templateFile(text(file).replace(/^ *VerificationTimeoutMinutes:.*$/m, ''));
    const { failures, stack } = await runOn(harness, impatient);
    expect(failures).toEqual([expect.stringMatching(/Create of EmailSetup.*InvalidRequest.*not verified/)]);
    expect([...stack.keys()]).toEqual([]);
    expect([...harness.regionState('eu-west-1').cognito.pools.keys()]).toEqual([]);
    expect([...harness.regionState('eu-west-1').ses.identities.keys()]).toEqual([]);
  });
});

describe('Revision tied to the pool’s settings', () => {
  const file = 'revision.yaml';
  const wiped = expect.stringMatching(/own update has changed its EmailConfiguration to .*COGNITO_DEFAULT/);

  test.each(['PasswordLength=16', 'DeletionProtection=INACTIVE', 'SelfSignUp=false'])(
    'what the pool’s own update wipes is put back by the same stack update: %s',
    async (change) => {
      const { failures, lines } = await runOn(harness, example(file), '--update', change);
      expect(failures).toEqual([]);
      expect(lines).toContainEqual(wiped);
      expectKind('eu-west-1', poolIn('eu-west-1'), { ...marked, properties: domainSender });
    },
  );

  test('without it the mail goes out as somebody else, and the run says so', async () => {
    const untied = templateFile(text(file).replace(/^ *Revision:.*$/m, ''));
    const { failures, lines } = await runOn(harness, untied, '--update', 'PasswordLength=16');
    expect(lines).toContainEqual(wiped);
    // The tags of a pool outlive an update that leaves them out: the setup is still there to be read.
    expect(failures).toEqual([expect.stringMatching(/in force/)]);
  });

  test.each([file, 'sam.yaml'])('%s: every parameter of the pool is in it', (name) => {
    const { resources, conditions, parameters } = readTemplate(example(name));
    const { UserPool: pool, EmailSetup: setup } = Object.fromEntries(resources);
    const used = referencesIn([pool?.properties ?? {}, conditions]).filter((one) => one in parameters);
    expect(used.length).toBeGreaterThan(0);
    expect(referencesIn(setup?.properties['Revision'] ?? '')).toEqual(expect.arrayContaining(used));
  });
});

test('a configuration made by hand is imported by its id, and its first update makes it ours', async () => {
  const toImport = JSON.parse(text('import/resources-to-import.json')) as readonly JsonObject[];
  const [{ ResourceType, LogicalResourceId, ResourceIdentifier } = {}] = toImport;
  const identifier = ResourceIdentifier as JsonObject;
  const poolId = String(identifier['UserPoolId']);
  const template = readTemplate(example('import/email-setup.yaml'));
  expect(ResourceType).toBe(template.resources.get(String(LogicalResourceId))?.type);
  expect(template.resources.get(String(LogicalResourceId))?.deletionPolicy).toBe('Retain');
  const declared = (Revision: string) =>
    resolveTemplate(template, { UserPoolId: poolId, Revision }, { region: 'eu-west-1', account: '111122223333' })
      .emailSetups[0]?.properties ?? {};
  harness.regionState('eu-west-1').ses.addIdentity('example.com');
  harness.regionState('eu-west-1').cognito.addPool(
    {
      EmailConfiguration: {
        EmailSendingAccount: 'DEVELOPER',
        SourceArn: 'arn:aws:ses:eu-west-1:111122223333:identity/example.com',
        From: 'Example <no-reply@example.com>',
      },
    },
    { id: poolId },
  );
  const before = harness.callsSince(0).length;
  const read = await harness.succeed('eu-west-1', { action: 'READ', properties: identifier });
  expect(harness.callsSince(before)).toEqual(['DescribeUserPool@eu-west-1']);
  const { Revision: _r, ...described } = declared('1');
  expect(read.resourceModel).toMatchObject(described);
  await harness.succeed('eu-west-1', {
    action: 'UPDATE',
    properties: declared('2'),
    previous: read.resourceModel ?? {},
  });
  const properties = { ...domainSender, From: 'Example <no-reply@example.com>' };
  expectKind('eu-west-1', poolId, { ...marked, properties });
});

test('a StackSet: the template of one account runs with the set’s parameters in each of its Regions', async () => {
  const outer = readTemplate(example('stackset/stackset.yaml'));
  const given = { TemplateUrl: 'https://example.com/account.yaml', OrganizationalUnitId: 'ou-1234-12345678' };
  parameterValues(outer, given, { region: 'eu-west-1', account: '111122223333' });
  const { type, properties = {} } = outer.resources.get('Pools') ?? {};
  expect(type).toBe('AWS::CloudFormation::StackSet');
  const parameters = properties['Parameters'] as unknown as readonly { ParameterKey: string; ParameterValue: string }[];
  const [{ Regions: regions } = { Regions: [] }] = properties['StackInstancesGroup'] as unknown as {
    Regions: string[];
  }[];
  expect(regions.length).toBeGreaterThan(1);
  const args = parameters.flatMap(({ ParameterKey, ParameterValue }) => [
    '--parameter',
    `${ParameterKey}=${ParameterValue}`,
  ]);
  for (const region of regions) {
    const { failures } = await runOn(harness, example('stackset/account.yaml'), '--region', region, ...args);
    expect(failures).toEqual([]);
    expect(harness.regionState(region).canSend(poolIn(region))).toEqual({ sends: true, from: 'no-reply@example.com' });
  }
});

test('SAM: the setup stands, and the function is left out', async () => {
  const { failures, lines } = await runOn(harness, example('sam.yaml'));
  expect(failures).toEqual([]);
  expect(lines).toContainEqual('not made here: PreSignUp (AWS::Serverless::Function)');
  expectKind('eu-west-1', poolIn('eu-west-1'), { ...marked, properties: domainSender });
});
