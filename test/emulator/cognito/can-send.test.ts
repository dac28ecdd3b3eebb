import { type EmbeddedAws, startAws } from '../../../emulator/index';
import type { JsonObject } from '../../../emulator/types';
import { sendingPolicy, updateRaw } from '../clients';

let aws: EmbeddedAws;
beforeEach(async () => {
  aws = await startAws();
});
afterEach(() => aws.close());

const arn = (where: string, name = 'example.com') => `arn:aws:ses:${where}:111122223333:identity/${name}`;
const developer = { EmailSendingAccount: 'DEVELOPER', From: 'Acme <no-reply@mail.example.com>' };
const poolWith = (region: string, EmailConfiguration: JsonObject) => {
  const id = aws.region(region).cognito.addPool({ EmailConfiguration });
  return {
    id,
    mail: () => aws.region(region).canSend(id),
    poolArn: String(aws.region(region).cognito.describe(id)['Arn']),
  };
};

test('the default sender needs no identity', () => {
  expect(poolWith('eu-west-1', {}).mail()).toEqual({ sends: true, from: 'no-reply@verificationemail.com' });
});

test('DEVELOPER outside alternate Regions needs no policy, but all else', () => {
  const { ses } = aws.region('eu-west-1');
  const { mail } = poolWith('eu-west-1', { ...developer, SourceArn: arn('eu-west-1'), ConfigurationSet: 'set' });
  const why = () => {
    const now = mail();
    return now.sends ? now.from : now.why;
  };
  expect(why()).toMatch(/not verified in eu-west-1/);
  const identity = ses.addIdentity('example.com', { verified: false });
  expect(why()).toMatch(/not verified/);
  identity.verified = true;
  expect(why()).toMatch(/configuration set/);
  ses.addConfigurationSet('set');
  expect(why()).toBe('no-reply@mail.example.com');
  ses.account.sendingEnabled = false;
  expect(why()).toMatch(/paused/);
  Object.assign(ses.account, { sendingEnabled: true, enforcementStatus: 'SHUTDOWN' });
  expect(why()).toMatch(/paused/);
});

test.each([
  ['cognito-idp.me-central-1.amazonaws.com', true],
  ['email.cognito-idp.amazonaws.com', false],
])(
  'DEVELOPER in an alternate Region does not send, without an exception, unless %s is trusted',
  async (principal, sends) => {
    const identity = aws.region('eu-central-1').ses.addIdentity('example.com');
    const { id, mail, poolArn } = poolWith('me-central-1', {});
    identity.policies.set('sending', sendingPolicy(principal, arn('eu-central-1'), poolArn));
    const EmailConfiguration = { ...developer, SourceArn: arn('eu-central-1') };
    await updateRaw(aws, 'me-central-1', id, { EmailConfiguration });
    expect(mail().sends).toBe(sends);
  },
);

test.each<[string, string, JsonObject]>([
  ['the second Region under DEVELOPER', 'me-central-1', { ...developer, SourceArn: arn('eu-west-2') }],
  ['a Region that the table does not have', 'eu-west-3', { ...developer, SourceArn: arn('eu-west-1') }],
  ['`*` outside alternate Regions', 'eu-west-1', { SourceArn: arn('*'), From: 'a@example.com' }],
  ['`*` for a Region that the table lacks', 'ap-east-2', { SourceArn: arn('*'), From: 'a@example.com' }],
  ['a domain without From', 'eu-west-1', { EmailSendingAccount: 'DEVELOPER', SourceArn: arn('eu-west-1') }],
  ['a From outside the domain', 'eu-west-1', { ...developer, SourceArn: arn('eu-west-1'), From: 'a@notexample.com' }],
  ['another account', 'eu-west-1', { ...developer, SourceArn: arn('eu-west-1').replace('1111', '9999') }],
])('nothing is sent with %s', (_name, region, email) => {
  for (const where of ['eu-west-1', 'eu-west-2', 'eu-central-1']) {
    aws.region(where).ses.addIdentity('example.com').policies.set('all', allowAll(where));
  }
  expect(poolWith(region, email).mail()).toMatchObject({ sends: false });
});

const allowAll = (where: string) =>
  JSON.stringify({ Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: arn(where) } });

test('the default sender needs its policy as long as it sends', () => {
  const identity = aws.region('eu-west-1').ses.addIdentity('a@example.com');
  const { mail, poolArn } = poolWith('eu-west-1', { SourceArn: arn('eu-west-1', 'a@example.com') });
  identity.policies.set(
    'sending',
    sendingPolicy('email.cognito-idp.amazonaws.com', arn('eu-west-1', 'a@example.com'), poolArn),
  );
  expect(mail()).toEqual({ sends: true, from: 'a@example.com' });
  identity.policies.clear();
  expect(mail()).toMatchObject({ sends: false, why: expect.stringMatching(/trust/) });
});

const denial = (where: string, more: JsonObject = {}) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Principal: '*', Action: 'ses:Send*', Resource: arn(where), ...more }],
  });
const condition = (operator: string, key: string, value: string) => ({ Condition: { [operator]: { [key]: value } } });

test.each<[string, JsonObject, boolean]>([
  ['everybody', {}, false],
  ['the account', { Principal: { AWS: 'arn:aws:iam::111122223333:root' } }, false],
  ['the service', { Principal: { Service: 'email.cognito-idp.amazonaws.com' } }, true],
  ['one of the two actions', { Action: 'ses:SendRawEmail' }, false],
  ['another address of the domain', condition('StringEquals', 'ses:FromAddress', 'ceo@example.com'), true],
  ['the address', condition('StringEquals', 'ses:FromAddress', 'no-reply@mail.example.com'), false],
  ['our account, which the role does not say', condition('StringEquals', 'aws:SourceAccount', '111122223333'), true],
  ['all but ours, which it does not say', condition('StringNotEquals', 'aws:SourceAccount', '111122223333'), false],
])('DEVELOPER in the Region under a policy that denies %s', (_name, more, sends) => {
  const identity = aws.region('eu-west-1').ses.addIdentity('example.com');
  const { mail } = poolWith('eu-west-1', { ...developer, SourceArn: arn('eu-west-1') });
  expect(mail().sends).toBe(true);
  identity.policies.set('denial', denial('eu-west-1', more));
  expect(mail()).toMatchObject(sends ? { sends } : { sends, why: expect.stringMatching(/denies Cognito's role/) });
});

test('COGNITO_DEFAULT under a policy that denies it is refused', async () => {
  const identity = aws.region('eu-west-1').ses.addIdentity('a@example.com');
  const source = arn('eu-west-1', 'a@example.com');
  const { id, poolArn } = poolWith('eu-west-1', {});
  identity.policies.set('sending', sendingPolicy('email.cognito-idp.amazonaws.com', source, poolArn));
  const EmailConfiguration = { EmailSendingAccount: 'COGNITO_DEFAULT', SourceArn: source };
  await updateRaw(aws, 'eu-west-1', id, { EmailConfiguration });
  identity.policies.set('denial', denial('eu-west-1', { Resource: source }));
  await expect(updateRaw(aws, 'eu-west-1', id, { EmailConfiguration })).rejects.toMatchObject({
    name: 'InvalidEmailRoleAccessPolicyException',
  });
});
