import {
  GetUserPoolMfaConfigCommand,
  SetUserPoolMfaConfigCommand,
  type SetUserPoolMfaConfigRequest,
} from '@aws-sdk/client-cognito-identity-provider';
import { type EmbeddedAws, startAws } from '../../../emulator/index';
import type { JsonObject } from '../../../emulator/types';
import { clientsOf } from '../clients';

const region = 'eu-west-1';
let aws: EmbeddedAws;
let UserPoolId: string;
beforeEach(async () => {
  aws = await startAws();
  UserPoolId = aws.region(region).cognito.addPool({ EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' } });
});
afterEach(() => aws.close());

const set = (input: Omit<SetUserPoolMfaConfigRequest, 'UserPoolId'>) =>
  clientsOf(aws, region).cognito.send(new SetUserPoolMfaConfigCommand({ UserPoolId, ...input }));
const get = async () => {
  const { $metadata: _m, ...config } = await clientsOf(aws, region).cognito.send(
    new GetUserPoolMfaConfigCommand({ UserPoolId }),
  );
  return config;
};

test('each call replaces the whole MFA configuration', async () => {
  const EmailMfaConfiguration = { Message: '{####}', Subject: 'Code' };
  const SoftwareTokenMfaConfiguration = { Enabled: true };
  await set({ MfaConfiguration: 'OPTIONAL', EmailMfaConfiguration, SoftwareTokenMfaConfiguration });
  expect(await get()).toEqual({ MfaConfiguration: 'OPTIONAL', EmailMfaConfiguration, SoftwareTokenMfaConfiguration });
  await set({ MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration });
  expect(await get()).toEqual({ MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration });
  await set({});
  expect(await get()).toEqual({ MfaConfiguration: 'OFF' });
});

test('MFA cannot be off and have a factor', async () => {
  const off = set({ MfaConfiguration: 'OFF', SoftwareTokenMfaConfiguration: { Enabled: true } });
  await expect(off).rejects.toThrow(/can't turn off MFA and configure an MFA together/);
});

test('e-mail MFA is refused with the default sender', async () => {
  UserPoolId = aws.region(region).cognito.addPool();
  const mfa = set({ MfaConfiguration: 'OPTIONAL', EmailMfaConfiguration: { Subject: 'Code' } });
  await expect(mfa).rejects.toThrow(/EmailSendingAccount of COGNITO_DEFAULT\.$/);
  expect(await get()).toEqual({ MfaConfiguration: 'OFF' });
});

test.each<[string, JsonObject]>([
  ['no recovery setting', { RecoveryMechanisms: [] }],
  ['recovery by e-mail alone', { RecoveryMechanisms: [{ Priority: 1, Name: 'verified_email' }] }],
])('e-mail MFA is refused with %s', async (_name, AccountRecoverySetting) => {
  const EmailConfiguration = { EmailSendingAccount: 'DEVELOPER' };
  UserPoolId = aws.region(region).cognito.addPool({ EmailConfiguration, AccountRecoverySetting });
  const mfa = set({ MfaConfiguration: 'OPTIONAL', EmailMfaConfiguration: { Subject: 'Code' } });
  await expect(mfa).rejects.toThrow(
    /^Cannot set EmailMfaConfiguration when user pool AccountRecoverySetting is not set or contains only verified_email in RecoveryMechanisms\.$/,
  );
});
