import type { JsonObject } from '../../emulator/types';
import { startTestHarness, type TestHarness } from '../support/harness';
import { runOn, templateFile } from '../support/runner';

const region = 'eu-west-1';
let harness: TestHarness;
beforeEach(async () => {
  harness = await startTestHarness();
});
afterEach(() => harness.close());

const pools = () => harness.regionState(region).cognito;
const poolIds = () => [...pools().pools.keys()];
const passwordsOf = (poolId: string) => (pools().describe(poolId)['Policies'] as JsonObject)['PasswordPolicy'];
const deletesSince = (from: number) => harness.callsSince(from).filter((call) => call.startsWith('Delete'));

/** A pool, its setup, and whatever stands beside them. */
const withPool = (setup: string, beside = '', pool = '') => `
Parameters:
  From: { Type: String, Default: a@example.com }
  Length: { Type: Number, Default: 12 }
  More: { Type: String, Default: "no" }
Conditions:
  HasMore: !Equals [!Ref More, "yes"]
Resources:
  EmailSetup:
    Type: Org::Cognito::EmailSetup
    Properties: { UserPoolId: !Ref Pool, EmailSendingAccount: DEVELOPER, Identity: example.com, From: !Ref From${setup} }
  Pool:
    Type: AWS::Cognito::UserPool
    ${pool}
    Properties: { Policies: { PasswordPolicy: { MinimumLength: !Ref Length } } }
${beside}`;

const second = (properties: string, more = '') => `
  Second:
    Type: Org::Cognito::EmailSetup
    ${more}
    Properties: { UserPoolId: ${region}_Second, EmailSendingAccount: COGNITO_DEFAULT${properties} }`;

describe('a Create that fails', () => {
  test('takes back what was made, the last one first', async () => {
    const file = templateFile(withPool('', second(', From: a@example.com', 'DependsOn: EmailSetup')));
    const { failures, stack } = await runOn(harness, file);
    expect(failures).toEqual([expect.stringMatching(/Create of Second.*InvalidRequest.*Identity/)]);
    expect([...stack.keys()]).toEqual([]);
    // The pool of the second was there before: it stays, and only the stack's own goes.
    expect(poolIds()).toEqual([`${region}_Second`]);
    const ends = harness.callsSince(0).filter((call) => /^(DeleteUserPool|UntagResource|UpdateUserPool)/.test(call));
    expect(ends.slice(-1)).toEqual(['DeleteUserPool@eu-west-1']);
    expect(ends.filter((call) => call === 'UpdateUserPool@eu-west-1')).toHaveLength(2);
    expect(harness.regionState(region).ses.identities.get('example.com')?.tags.size).toBe(0);
  });

  test('gets no Delete where it has named no pool: what is there stays', async () => {
    const taken = { EmailConfiguration: { EmailSendingAccount: 'DEVELOPER', SourceArn: 'arn:aws:ses:…' } };
    pools().addPool(taken, { id: `${region}_Second` });
    const before = pools().describe(`${region}_Second`);
    const { failures, lines } = await runOn(harness, templateFile(`Resources:${second('')}`));
    expect(failures).toEqual([expect.stringMatching(/AlreadyExists/)]);
    expect(lines.join('\n')).not.toMatch(/a Delete followed/);
    expect(pools().describe(`${region}_Second`)).toEqual(before);
  });

  test('gets a Delete where an answer has named the pool', async () => {
    const identity = `
  Identity:
    Type: AWS::SES::EmailIdentity
    Properties: { EmailIdentity: example.com }`;
    // The account falls back into the sandbox while the setup waits: the next invocation begins with the pool.
    let looked = false;
    harness.aws.intercept = ({ operation }) => {
      looked ||= operation === 'GetEmailIdentity';
      if (looked && operation === 'DescribeUserPool') harness.regionState(region).ses.account.productionAccess = false;
      return undefined;
    };
    const waits = ', SesRegion: !Ref AWS::Region, VerificationTimeoutMinutes: 5';
    const file = templateFile(
      withPool(waits, identity).replace('Identity: example.com, From', 'Identity: !Ref Identity, From'),
    );
    const { failures, lines } = await runOn(harness, file);
    expect(failures).toEqual([expect.stringMatching(/InvalidRequest.*sandbox/)]);
    expect(lines).toContainEqual(expect.stringMatching(/had named the pool, so a Delete followed/));
    expect(poolIds()).toEqual([]);
  });

  test.each([
    ['Retain', 1],
    ['RetainExceptOnCreate', 0],
    ['Delete', 0],
  ])('DeletionPolicy: %s leaves %d pools', async (policy, left) => {
    const file = templateFile(withPool(', Identity2: x', '', `DeletionPolicy: ${policy}`));
    const { failures } = await runOn(harness, file);
    expect(failures).toEqual([expect.stringMatching(/Identity2/)]);
    expect(poolIds()).toHaveLength(left);
  });
});

describe('an update of the stack', () => {
  test('that fails goes back to what was there, the failed resource with it', async () => {
    const file = templateFile(withPool(', Revision: !Ref Length'));
    const { failures, lines } = await runOn(harness, file, '--update', 'Length=20', '--update', 'From=a@other.org');
    expect(failures).toEqual([expect.stringMatching(/Update of EmailSetup.*InvalidRequest.*other\.org/)]);
    expect(lines.filter((line) => /^(Update|Rollback)/.test(line))).toEqual([
      'Update Pool (AWS::Cognito::UserPool)',
      'Update EmailSetup (Org::Cognito::EmailSetup)',
      'Rollback',
      'Update Pool (AWS::Cognito::UserPool)',
      'Update EmailSetup (Org::Cognito::EmailSetup)',
    ]);
    const [poolId = ''] = poolIds();
    expect(passwordsOf(poolId)).toMatchObject({ MinimumLength: 12 });
    expect(harness.regionState(region).canSend(poolId)).toEqual({ sends: true, from: 'a@example.com' });
  });

  test('makes what it adds', async () => {
    const file = templateFile(withPool('', second(', Identity: b@example.net', 'Condition: HasMore')));
    const { failures, stack } = await runOn(harness, file, '--update', 'More=yes');
    expect(failures).toEqual([]);
    expect([...stack.keys()]).toEqual(['Pool', 'EmailSetup', 'Second']);
    expect(harness.regionState(region).canSend(`${region}_Second`)).toEqual({ sends: true, from: 'b@example.net' });
  });

  test('deletes what it drops', async () => {
    const file = templateFile(withPool('', second(', Identity: b@example.net', 'Condition: HasMore')));
    const { failures, stack } = await runOn(harness, file, '--parameter', 'More=yes', '--update', 'More=no');
    expect(failures).toEqual([]);
    expect([...stack.keys()]).toEqual(['Pool', 'EmailSetup']);
    expect(harness.regionState(region).canSend(`${region}_Second`)).toMatchObject({
      from: 'no-reply@verificationemail.com',
    });
    expect(deletesSince(0)).toEqual(['DeleteEmailIdentityPolicy@eu-west-1']);
  });

  test('that would replace a resource is not run', async () => {
    const moving = withPool('').replace('!Ref Pool', '!Join [_, [eu-west-1, !Ref Length]]');
    const file = templateFile(moving);
    await expect(runOn(harness, file, '--update', 'Length=20')).rejects.toThrow(
      'A change of UserPoolId replaces EmailSetup, and no replacement is run here.',
    );
  });
});

test('a template that the CDK has synthesised is run', async () => {
  const file = templateFile(
    JSON.stringify({
      Parameters: {
        BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/hnb659fds/version' },
      },
      Conditions: {
        CDKMetadataAvailable: {
          'Fn::Or': [
            { 'Fn::Or': [{ 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'af-south-1'] }, { 'Fn::Equals': [1, 2] }] },
            { 'Fn::Equals': [{ Ref: 'AWS::Region' }, region] },
          ],
        },
      },
      Resources: {
        Pool: {
          Type: 'AWS::Cognito::UserPool',
          Properties: {
            AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
            AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
            EmailVerificationMessage: 'The code is {####}',
            VerificationMessageTemplate: {
              DefaultEmailOption: 'CONFIRM_WITH_CODE',
              EmailMessage: 'The code is {####}',
            },
          },
          UpdateReplacePolicy: 'Retain',
          DeletionPolicy: 'Retain',
          Metadata: { 'aws:cdk:path': 'Stack/Pool/Resource' },
        },
        Email: {
          Type: 'Org::Cognito::EmailSetup',
          Properties: {
            UserPoolId: { Ref: 'Pool' },
            EmailSendingAccount: 'DEVELOPER',
            Identity: 'example.com',
            From: {
              'Fn::Join': [
                '',
                ['pool-', { 'Fn::Select': [1, { 'Fn::Split': ['_', { Ref: 'Pool' }] }] }, '@example.com'],
              ],
            },
            SesRegion: { 'Fn::Select': [3, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Pool', 'Arn'] }] }] },
          },
        },
        CDKMetadata: {
          Type: 'AWS::CDK::Metadata',
          Properties: { Analytics: 'v2:…' },
          Condition: 'CDKMetadataAvailable',
        },
      },
      Outputs: { From: { Value: { 'Fn::GetAtt': ['Email', 'SourceArn'] } } },
      Rules: { CheckBootstrapVersion: { Assertions: [{ Assert: { 'Fn::Not': [{ 'Fn::Contains': [['1'], '2'] }] } }] } },
    }),
    'stack.template.json',
  );
  const { failures, lines } = await runOn(harness, file);
  expect(failures).toEqual([]);
  expect(lines).toContain('not made here: CDKMetadata (AWS::CDK::Metadata)');
  expect(lines).toContain('From: arn:aws:ses:eu-west-1:111122223333:identity/example.com');
  const [poolId = ''] = poolIds();
  expect(pools().describe(poolId)['AccountRecoverySetting']).toEqual({
    RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }],
  });
  expect(harness.regionState(region).canSend(poolId)).toEqual({ sends: true, from: 'pool-Pool1@example.com' });
});
