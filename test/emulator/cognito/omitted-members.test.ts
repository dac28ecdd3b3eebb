import { defaults } from '../../../emulator/cognito/defaults';
import type { Pool } from '../../../emulator/cognito/state';
import { type EmbeddedAws, startAws } from '../../../emulator/index';
import type { JsonObject } from '../../../emulator/types';
import { settings } from '../../support/pool-settings';
import { clientsOf, updateRaw } from '../clients';

const region = 'eu-west-1';
let aws: EmbeddedAws;
beforeAll(async () => {
  aws = await startAws();
  aws.region(region).ses.addIdentity('example.com');
});
afterAll(() => aws.close());

const pools = () => aws.region(region).cognito;
const update = (id: string, input: JsonObject) => updateRaw(aws, region, id, input);
const email = {
  EmailSendingAccount: 'DEVELOPER',
  SourceArn: 'arn:aws:ses:eu-west-1:111122223333:identity/example.com',
  From: 'a@example.com',
};
const { UserPoolTags, AdminCreateUserConfig, UserAttributeUpdateSettings, ...rest } = settings;
const full: JsonObject = {
  ...rest,
  AdminCreateUserConfig,
  EmailConfiguration: email,
  PasskeyVault: { Mode: 'STRICT' },
} as JsonObject;

/** What an update does to a member that it omits. */
const afterOmission: Readonly<Record<string, 'kept' | 'gone' | 'default'>> = {
  Policies: 'kept',
  DeletionProtection: 'kept',
  LambdaConfig: 'default',
  AutoVerifiedAttributes: 'default',
  SmsVerificationMessage: 'kept',
  EmailVerificationMessage: 'kept',
  EmailVerificationSubject: 'kept',
  VerificationMessageTemplate: 'kept',
  SmsAuthenticationMessage: 'gone',
  MfaConfiguration: 'kept',
  DeviceConfiguration: 'gone',
  SmsConfiguration: 'gone',
  UserPoolAddOns: 'gone',
  AccountRecoverySetting: 'kept',
  UserPoolTier: 'kept',
  DcrConfiguration: 'kept',
  KeyConfiguration: 'default',
  IssuerConfiguration: 'default',
  AcrConfiguration: 'gone',
  EmailConfiguration: 'default',
  PasskeyVault: 'gone',
};

test('a new pool has the settings that every new pool of AWS has', () => {
  expect(pools().describe(pools().addPool())).toMatchObject({
    KeyConfiguration: { KeyType: 'AWS_OWNED_KEY' },
    IssuerConfiguration: { Type: 'ORIGINAL' },
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] },
    EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
    LambdaConfig: {},
    UserPoolTier: 'ESSENTIALS',
  });
});

test('an update without members keeps or resets each of them', async () => {
  const id = pools().addPool({ ...full, Name: 'customers', UserPoolTags: UserPoolTags ?? {} });
  const before = pools().describe(id);
  await update(id, {});
  const after = pools().describe(id);
  const found = Object.keys(afterOmission).map((member) => {
    const [then, now, standard] = [before[member], after[member], defaults[member]].map((value) =>
      JSON.stringify(value),
    );
    expect(then).not.toBe(standard);
    return [member, now === undefined ? 'gone' : now === then ? 'kept' : now === standard ? 'default' : now];
  });
  expect(Object.fromEntries(found)).toEqual(afterOmission);
  expect(after['AdminCreateUserConfig']).toEqual({ AllowAdminCreateUserOnly: false, UnusedAccountValidityDays: 3 });
  expect(after['UserPoolTags']).toEqual(UserPoolTags);
  expect(after['Name']).toBe('customers');
});

test('UserAttributeUpdateSettings stay, so that AutoVerifiedAttributes cannot be omitted', async () => {
  const id = pools().addPool({
    AutoVerifiedAttributes: ['email'],
    UserAttributeUpdateSettings: UserAttributeUpdateSettings ?? {},
  });
  await expect(update(id, {})).rejects.toThrow(/^All attributes in AttributesRequireVerificationBeforeUpdate must/);
  await update(id, { AutoVerifiedAttributes: ['email'] });
  expect(pools().describe(id)).toMatchObject({ UserAttributeUpdateSettings });
});

test('an omitted tier stays, and so do the features that it allows', async () => {
  const id = pools().addPool({ UserPoolTier: 'PLUS' });
  await update(id, { UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } });
  expect(pools().describe(id)).toMatchObject({ UserPoolTier: 'PLUS' });
});

test.each(['PasswordPolicy', 'SignInPolicy'])('%s alone leaves the other policy', async (one) => {
  const Policies = settings['Policies'] as JsonObject;
  const id = pools().addPool({ Policies });
  await update(id, { Policies: { [one]: (defaults['Policies'] as JsonObject)[one] ?? {} } });
  const expected = { ...Policies, [one]: (defaults['Policies'] as JsonObject)[one] };
  expect(pools().describe(id)['Policies']).toEqual(expected);
});

test('messages are returned under legacy names, and those that are sent change the template', async () => {
  const id = pools().addPool();
  const messages = {
    EmailVerificationMessage: 'one {####}',
    EmailVerificationSubject: 'Code',
    SmsVerificationMessage: '{####}',
  };
  await update(id, messages);
  expect(pools().describe(id)).toMatchObject({
    ...messages,
    VerificationMessageTemplate: { EmailMessage: 'one {####}', EmailSubject: 'Code', SmsMessage: '{####}' },
  });
  await update(id, { VerificationMessageTemplate: { EmailMessage: 'two {####}' } });
  const pool = pools().describe(id);
  expect(pool).toMatchObject({ EmailVerificationMessage: 'two {####}' });
  expect(pool).not.toHaveProperty('EmailVerificationSubject');
});

describe('pools that lose or refuse settings', () => {
  const poolWith = (flags: Partial<Pool>, members: JsonObject = full) => {
    const id = pools().addPool(members);
    Object.assign(pools().pools.get(id) ?? {}, flags);
    return id;
  };
  const { SmsVerificationMessage: _s, EmailVerificationMessage: _m, EmailVerificationSubject: _t, ...sent } = full;

  test.each([...Object.keys(sent), 'UserPoolTags'])('%s is reset although it is sent', async (member) => {
    const id = poolWith({ forgets: [member] }, { ...full, UserPoolTags: UserPoolTags ?? {} });
    const before = pools().describe(id);
    await update(id, { ...sent, UserPoolTags: UserPoolTags ?? {} });
    const after = pools().describe(id);
    if (member === 'AdminCreateUserConfig') expect(after[member]).toMatchObject({ AllowAdminCreateUserOnly: false });
    else expect(after[member] ?? 'gone').toEqual(member === 'UserPoolTags' ? {} : (defaults[member] ?? 'gone'));
    const unchanged = ({ [member]: _f, LastModifiedDate: _l, AdminCreateUserConfig: _a, ...others }: JsonObject) =>
      others;
    // The legacy messages are lost with their template.
    if (member === 'VerificationMessageTemplate') return;
    expect(unchanged(after)).toEqual(unchanged(before));
  });

  test('a nested member is reset by itself', async () => {
    const id = poolWith({ forgets: ['Policies.PasswordPolicy', 'LambdaConfig.PreSignUp'] });
    await update(id, sent);
    const { Policies, LambdaConfig } = pools().describe(id) as Record<string, JsonObject>;
    expect(Policies?.['PasswordPolicy']).toEqual((defaults['Policies'] as JsonObject)['PasswordPolicy']);
    expect(Policies?.['SignInPolicy']).toEqual((full['Policies'] as JsonObject)['SignInPolicy']);
    expect(LambdaConfig).not.toHaveProperty('PreSignUp');
    expect(LambdaConfig).toHaveProperty('KMSKeyID');
  });

  test('a member that Cognito keeps is reset where it is omitted, and only there', async () => {
    const id = poolWith({ resetsOmitted: ['MfaConfiguration'] }, { MfaConfiguration: 'OPTIONAL' });
    await update(id, { MfaConfiguration: 'OPTIONAL' });
    expect(pools().describe(id)).toMatchObject({ MfaConfiguration: 'OPTIONAL' });
    await update(id, {});
    expect(pools().describe(id)).toMatchObject({ MfaConfiguration: 'OFF' });
  });

  test('a member is refused by name, even unchanged', async () => {
    const id = poolWith({ refusesEchoOf: ['KeyConfiguration'] }, {});
    const { KeyConfiguration, IssuerConfiguration } = defaults as Record<string, JsonObject>;
    const all = { KeyConfiguration: KeyConfiguration ?? {}, IssuerConfiguration: IssuerConfiguration ?? {} };
    await expect(update(id, all)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringMatching(/^KeyConfiguration /),
    });
    await update(id, { IssuerConfiguration: all.IssuerConfiguration });
    expect(pools().describe(id)).toMatchObject(all);
  });
});

test('LastModifiedDate is the time of the update, and the response has the same date', async () => {
  const id = pools().addPool();
  const before = Date.now();
  const client = clientsOf(aws, region).cognito;
  let answered = '';
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      answered = (result.response as { headers: Record<string, string> }).headers['date'] ?? '';
      return result;
    },
    { step: 'deserialize', name: 'date', priority: 'low' },
  );
  const { UpdateUserPoolCommand } = await import('@aws-sdk/client-cognito-identity-provider');
  aws.afterCall = () => new Promise((resolve) => setTimeout(resolve, 1200));
  await client.send(new UpdateUserPoolCommand({ UserPoolId: id }));
  aws.afterCall = undefined;
  const modified = Number(pools().describe(id)['LastModifiedDate']);
  expect(modified * 1000).toBeGreaterThanOrEqual(before);
  expect(modified * 1000).toBeLessThanOrEqual(Date.now() - 1000);
  expect(answered).toBe(new Date(Math.floor(modified) * 1000).toUTCString());
});

test('TagResource and UntagResource leave LastModifiedDate', async () => {
  const { TagResourceCommand, UntagResourceCommand } = await import('@aws-sdk/client-cognito-identity-provider');
  const id = pools().addPool({ UserPoolTags: { 'aws:cloudformation:stack-name': 'pools' } });
  const { Arn, LastModifiedDate } = pools().describe(id);
  const { cognito } = clientsOf(aws, region);
  await cognito.send(new TagResourceCommand({ ResourceArn: String(Arn), Tags: { a: 'b' } }));
  await cognito.send(new UntagResourceCommand({ ResourceArn: String(Arn), TagKeys: ['a'] }));
  expect(pools().describe(id)['LastModifiedDate']).toBe(LastModifiedDate);
  const untag = new UntagResourceCommand({ ResourceArn: String(Arn), TagKeys: ['aws:cloudformation:stack-name'] });
  await expect(cognito.send(untag)).rejects.toThrow(/^aws: prefixed tag key names are not allowed for external use$/);
});
