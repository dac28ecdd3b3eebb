import type { Declaration, EmailSendingAccount } from '../../../../src/domain/declaration/declaration';
import {
  emailConfigurationOf,
  identitiesOf,
  policiesOf,
  sesRegionsOf,
  trustedPrincipal,
} from '../../../../src/domain/plan/desired';
import { sendingPolicy } from '../../../../src/domain/plan/sending-policy';
import { account, poolIn } from '../../../support/observed';

const declaring = (emailSendingAccount: EmailSendingAccount, more: Partial<Declaration> = {}): Declaration => ({
  userPoolId: 'p',
  emailSendingAccount,
  ...more,
});
const identity = 'example.com';
const plain = declaring('COGNITO_DEFAULT');
const developer = declaring('DEVELOPER', { identity });
const byDefault = declaring('COGNITO_DEFAULT', { identity });

test.each<[string, Declaration, string, readonly string[]]>([
  ['the default address', plain, 'eu-west-1', []],
  ['the default address with a Region', { ...plain, sesRegion: 'eu-west-1' }, 'eu-west-1', []],
  ['its own Region', developer, 'eu-north-1', ['eu-north-1']],
  ['its own Region, which the table names last', developer, 'eu-west-1', ['eu-west-1']],
  ['the declared Region', { ...developer, sesRegion: 'us-west-2' }, 'eu-west-1', ['us-west-2']],
  ['the first of the table where its own is not there', developer, 'ap-east-1', ['ap-southeast-1']],
  ['both for the default sender', byDefault, 'me-central-1', ['eu-central-1', 'eu-west-2']],
  [
    'both, whichever is declared',
    { ...byDefault, sesRegion: 'eu-central-1' },
    'me-central-1',
    ['eu-central-1', 'eu-west-2'],
  ],
  ['the first alone as DEVELOPER', { ...developer, sesRegion: 'eu-west-2' }, 'me-central-1', ['eu-central-1']],
  ['the declared one where the table has no row', { ...developer, sesRegion: 'xx-west-1' }, 'xx-east-1', ['xx-west-1']],
  ['none where the table has no row and none is declared', developer, 'xx-east-1', []],
])('Regions of SES: %s', (_name, declared, poolRegion, regions) => {
  expect(sesRegionsOf(declared, poolRegion)).toEqual(regions);
  expect(identitiesOf(declared, poolRegion)).toEqual(regions.map((region) => ({ region, identity })));
});

test.each<[EmailSendingAccount, string, string, string | undefined]>([
  ['COGNITO_DEFAULT', 'eu-west-1', 'eu-west-1', 'email.cognito-idp.amazonaws.com'],
  ['COGNITO_DEFAULT', 'eu-west-1', 'us-east-1', 'email.cognito-idp.amazonaws.com'],
  ['DEVELOPER', 'eu-west-1', 'eu-west-1', undefined],
  ['DEVELOPER', 'eu-west-1', 'us-east-1', undefined],
  ['COGNITO_DEFAULT', 'me-central-1', 'eu-west-2', 'cognito-idp.me-central-1.amazonaws.com'],
  ['DEVELOPER', 'me-central-1', 'eu-central-1', 'cognito-idp.me-central-1.amazonaws.com'],
  ['COGNITO_DEFAULT', 'xx-east-1', 'xx-east-1', 'email.cognito-idp.amazonaws.com'],
  ['DEVELOPER', 'xx-east-1', 'xx-east-1', undefined],
  ['DEVELOPER', 'xx-east-1', 'xx-west-1', 'cognito-idp.xx-east-1.amazonaws.com'],
])('%s of a pool in %s trusts in %s %s', (sender, poolRegion, sesRegion, principal) => {
  expect(trustedPrincipal(sender, poolRegion, sesRegion)).toBe(principal);
  const declared = declaring(sender, { identity, sesRegion });
  const { ref } = poolIn(poolRegion);
  const attached = policiesOf(declared, ref).find(({ region }) => region === sesRegion);
  expect(attached).toEqual({
    region: sesRegion,
    identity,
    ...(principal && { policy: sendingPolicy(ref, { region: sesRegion, identity }, principal) }),
  });
});

test('no policy is wanted for the default address', () => {
  expect(policiesOf(plain, poolIn('eu-west-1').ref)).toEqual([]);
});

test.each<[string, Declaration, string, object]>([
  ['the least', plain, 'eu-west-1', { EmailSendingAccount: 'COGNITO_DEFAULT' }],
  [
    'all',
    {
      ...developer,
      from: '山田 <a@example.com>',
      replyToEmailAddress: 'r@example.com',
      configurationSet: 'mail',
    },
    'eu-west-1',
    {
      EmailSendingAccount: 'DEVELOPER',
      SourceArn: `arn:aws:ses:eu-west-1:${account}:identity/example.com`,
      From: '=?utf-8?B?5bGx55Sw?= <a@example.com>',
      ReplyToEmailAddress: 'r@example.com',
      ConfigurationSet: 'mail',
    },
  ],
  [
    'two Regions at once',
    byDefault,
    'me-central-1',
    { EmailSendingAccount: 'COGNITO_DEFAULT', SourceArn: `arn:aws:ses:*:${account}:identity/example.com` },
  ],
  ['an identity in no Region', developer, 'xx-east-1', { EmailSendingAccount: 'DEVELOPER' }],
])('the EmailConfiguration of %s', (_name, declared, poolRegion, configuration) => {
  expect(emailConfigurationOf(declared, poolIn(poolRegion).ref)).toEqual(configuration);
});
