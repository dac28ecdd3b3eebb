import type { Declaration } from '../../../../src/domain/declaration/declaration';
import type { JsonObject } from '../../../../src/domain/json';
import { emailConfigurationOf, policiesOf } from '../../../../src/domain/plan/desired';
import type { Observed, ObservedIdentity } from '../../../../src/domain/plan/observed';
import { preflightProblems } from '../../../../src/domain/plan/preflight';
import type { Problem } from '../../../../src/domain/plan/problems';
import { policyName } from '../../../../src/domain/plan/sending-policy';
import { account, observedFor, pending, poolIn, verified } from '../../../support/observed';

interface Case {
  readonly region?: string;
  readonly declared?: Partial<Declaration>;
  readonly live?: JsonObject;
  readonly described?: JsonObject;
  readonly identity?: ObservedIdentity;
  readonly observed?: Partial<Observed>;
  readonly allowIfInUse?: boolean;
}

const declaredIn = ({ region = 'eu-west-1', declared }: Case): Declaration => ({
  userPoolId: `${region}_A`,
  emailSendingAccount: 'DEVELOPER',
  identity: 'example.com',
  ...declared,
});

function problems(given: Case): readonly Problem[] {
  const { region = 'eu-west-1', live = {}, allowIfInUse = false } = given;
  const declared = declaredIn(given);
  const pool = poolIn(region, {
    emailConfiguration: live,
    described: { Id: `${region}_A`, ...given.described },
  });
  return preflightProblems({
    declared,
    observed: { ...observedFor(declared, pool, given.identity), ...given.observed },
    pool,
    emailConfiguration: emailConfigurationOf(declared, pool.ref),
    policies: policiesOf(declared, pool.ref),
    allowIfInUse,
  });
}
const said = (given: Case) => problems(given).map(({ message }) => message);
const source = (region: string, identity = 'example.com') => `arn:aws:ses:${region}:${account}:identity/${identity}`;
const byDefault = { emailSendingAccount: 'COGNITO_DEFAULT' } as const;
const through = (region: string, poolRegion: string) => `${region} (pools in ${poolRegion} send through it)`;

test.each<[string, Case]>([
  ['DEVELOPER', {}],
  ['COGNITO_DEFAULT', { declared: byDefault }],
  ['the default address', { declared: { ...byDefault, identity: undefined } }],
  ['two Regions', { declared: byDefault, region: 'me-central-1' }],
  ['nothing looked at but the identity', { observed: { emailMfa: undefined, account: undefined } }],
])('there is no problem with %s where all is in order', (_name, given) => expect(problems(given)).toEqual([]));

describe('an identity that is not there', () => {
  const absent: ObservedIdentity = { kind: 'absent' };
  test('is to be created and verified, or waited for where this template may make it', () => {
    expect(problems({ identity: absent })).toEqual([
      {
        code: 'InvalidRequest',
        alternativesHelp: true,
        message: `Identity example.com in SES of eu-west-1 does not exist in account ${account}: create and verify it there, or, if this template makes it, add DependsOn.`,
      },
    ]);
  });
  test('counts as such where nobody looked', () => {
    expect(said({ observed: { identities: [] } })).toEqual(said({ identity: absent }));
  });
  test('is told once for each Region, and not as one that this template makes', () => {
    const there = (region: string) =>
      `Identity example.com in SES of ${through(region, 'me-central-1')} does not exist in account ${account}: create and verify it there.`;
    expect(said({ declared: byDefault, region: 'me-central-1', identity: absent })).toEqual([
      there('eu-central-1'),
      there('eu-west-2'),
    ]);
  });
  test('needs no reason for a Region that is declared', () => {
    expect(said({ declared: { sesRegion: 'us-east-1' }, identity: absent })).toEqual([
      `Identity example.com in SES of us-east-1 does not exist in account ${account}: create and verify it there.`,
    ]);
  });
  test('is told even where it is live', () => {
    const live = { EmailSendingAccount: 'DEVELOPER', SourceArn: source('eu-west-1') };
    expect(said({ identity: absent, live, allowIfInUse: true })).toHaveLength(1);
  });
});

describe('an identity that is not verified', () => {
  const where = 'Identity example.com in SES of eu-west-1 is not verified: SES waits for a record';
  test('may pass, and the wait is to be declared', () => {
    expect(problems({ identity: pending })).toEqual([
      {
        code: 'InvalidRequest',
        pendingVerification: true,
        alternativesHelp: true,
        message: `${where}; declare VerificationTimeoutMinutes to wait for it.`,
      },
    ]);
  });
  test.each<[number, string]>([
    [0, '; declare VerificationTimeoutMinutes to wait for it'],
    [1, ''],
  ])('with %d minutes declared', (verificationTimeoutMinutes, wait) => {
    expect(said({ identity: pending, declared: { verificationTimeoutMinutes } })).toEqual([`${where}${wait}.`]);
  });
  test.each<[string, string, boolean, number]>([
    ['it is live and allowed', source('eu-west-1'), true, 0],
    ['it is live and not allowed', source('eu-west-1'), false, 1],
    ['another is live', source('eu-west-1', 'example.org'), true, 1],
    ['it is live in another Region', source('us-east-1'), true, 1],
  ])('where %s: %s, %s, %d problems', (_name, SourceArn, allowIfInUse, count) => {
    const live = { EmailSendingAccount: 'DEVELOPER', SourceArn };
    expect(said({ identity: pending, live, allowIfInUse })).toHaveLength(count);
  });
});

describe('the policies of an identity', () => {
  const own = policyName(poolIn('eu-west-1').ref);
  const policies = (count: number, ...more: readonly string[]) => {
    const others = Array.from({ length: count }, (_, index) => `Policy${index}`);
    return verified(Object.fromEntries([...others, ...more].map((name) => [name, ''])));
  };
  test('have no room for one more at 20', () => {
    expect(problems({ declared: byDefault, identity: policies(20) })).toEqual([
      {
        code: 'ServiceLimitExceeded',
        message:
          "Identity example.com in SES of eu-west-1 has 20 policies, which is SES's limit: remove one that is no longer used.",
      },
    ]);
  });
  test.each<[string, Case]>([
    ['at 19', { declared: byDefault, identity: policies(19) }],
    ['where ours is one of 20', { declared: byDefault, identity: policies(19, own) }],
    ['where none is needed', { identity: policies(20) }],
  ])('have room %s', (_name, given) => expect(said(given)).toEqual([]));
  test('are counted in each Region', () => {
    expect(said({ declared: byDefault, region: 'me-central-1', identity: policies(20) })).toHaveLength(2);
  });
});

test('a policy of somebody else’s that denies Cognito is told', () => {
  const deny = JSON.stringify({ Statement: { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' } });
  expect(said({ declared: byDefault, identity: verified({ Theirs: deny }) })).toEqual([
    expect.stringMatching(/^Policy Theirs on identity example\.com/),
  ]);
});

describe('the account of SES', () => {
  const sandbox = { account: { productionAccess: false, sendingEnabled: true } };
  const paused = { account: { productionAccess: true, sendingEnabled: false } };
  const neither = { account: { productionAccess: false, sendingEnabled: false } };
  const inSandbox = (where: string) =>
    `SES of account ${account} in ${where} is in the sandbox and reaches verified addresses only: request production access, or declare AllowSandbox: true.`;
  const isPaused = (where: string) =>
    `SES of account ${account} in ${where} has its sending paused: resume it in SES first.`;

  test.each<[string, Case, readonly string[]]>([
    ['in the sandbox', { observed: sandbox }, [inSandbox('eu-west-1')]],
    ['in the sandbox, not allowed', { observed: sandbox, declared: { allowSandbox: false } }, [inSandbox('eu-west-1')]],
    ['in the sandbox, allowed', { observed: sandbox, declared: { allowSandbox: true } }, []],
    ['paused', { observed: paused, declared: { allowSandbox: true } }, [isPaused('eu-west-1')]],
    ['both', { observed: neither }, [inSandbox('eu-west-1'), isPaused('eu-west-1')]],
    [
      'of another Region',
      { observed: paused, region: 'ap-east-1' },
      [isPaused(through('ap-southeast-1', 'ap-east-1'))],
    ],
    ['of a declared Region', { observed: paused, declared: { sesRegion: 'us-east-1' } }, [isPaused('us-east-1')]],
    ['with the default sender, whose mail Cognito sends', { observed: neither, declared: byDefault }, []],
    ['without an identity', { observed: neither, declared: { identity: undefined } }, []],
  ])('%s', (_name, given, messages) => {
    expect(problems(given)).toEqual(messages.map((message) => ({ code: 'InvalidRequest', message })));
  });

  const live = { EmailSendingAccount: 'DEVELOPER', SourceArn: source('eu-west-1', 'example.org') };
  test.each<[string, JsonObject, boolean, number]>([
    ['allowed where another identity of its Region is live', live, true, 0],
    ['rejected in a Create', live, false, 1],
    ['rejected where the default sender is live', { ...live, EmailSendingAccount: 'COGNITO_DEFAULT' }, true, 1],
    ['rejected where another Region is live', { ...live, SourceArn: source('us-east-1') }, true, 1],
    ['rejected where nothing is live', {}, true, 1],
    ['rejected where no identity is live', { EmailSendingAccount: 'DEVELOPER' }, true, 1],
  ])('what it is in is %s', (_name, emailConfiguration, allowIfInUse, count) => {
    expect(said({ observed: sandbox, live: emailConfiguration, allowIfInUse })).toHaveLength(count);
  });
});

describe('a configuration set', () => {
  const declared = { configurationSet: 'mail' };
  const absent = { configurationSet: { kind: 'absent' } } as const;
  const paused = { configurationSet: { kind: 'present', sendingEnabled: false } } as const;
  const missing = (where: string) =>
    `ConfigurationSet mail does not exist in SES of ${where}: create it there, or name another.`;
  const stopped = (where: string) =>
    `ConfigurationSet mail in ${where} has its sending paused: enable it there, or name another.`;

  test.each<[string, Case, readonly string[]]>([
    ['that is in order', { declared }, []],
    ['that nobody looked at', { declared, observed: { configurationSet: undefined } }, []],
    ['that is not declared', { observed: absent }, []],
    ['that does not exist', { declared, observed: absent }, [missing('eu-west-1')]],
    ['that is paused', { declared, observed: paused }, [stopped('eu-west-1')]],
    [
      'in another Region',
      { declared, observed: absent, region: 'ap-east-1' },
      [missing(through('ap-southeast-1', 'ap-east-1'))],
    ],
    [
      'paused in another Region',
      { declared, observed: paused, region: 'ap-east-1' },
      [stopped(through('ap-southeast-1', 'ap-east-1'))],
    ],
    [
      'without an identity',
      { declared: { ...declared, identity: undefined }, observed: absent },
      [missing('eu-west-1')],
    ],
  ])('%s', (_name, given, messages) => {
    expect(problems(given)).toEqual(messages.map((message) => ({ code: 'InvalidRequest', message })));
  });

  const live = { EmailSendingAccount: 'DEVELOPER', SourceArn: source('eu-west-1'), ConfigurationSet: 'mail' };
  test.each<[string, JsonObject, boolean, number]>([
    ['allowed where it is live', live, true, 0],
    ['rejected in a Create', live, false, 1],
    ['rejected where another set is live', { ...live, ConfigurationSet: 'GeneralServiceException' }, true, 1],
    ['rejected where it is live with another identity', { ...live, SourceArn: source('us-east-1') }, true, 1],
  ])('is %s', (_name, emailConfiguration, allowIfInUse, count) => {
    for (const observed of [absent, paused]) {
      expect(said({ declared, observed, live: emailConfiguration, allowIfInUse })).toHaveLength(count);
    }
  });
});

describe('e-mail MFA', () => {
  const observed = { emailMfa: true };
  test('rules the default sender out', () => {
    expect(problems({ declared: byDefault, observed })).toEqual([
      {
        code: 'InvalidRequest',
        message:
          'User pool eu-west-1_A in eu-west-1 has e-mail MFA, which needs EmailSendingAccount DEVELOPER: turn e-mail MFA off first, or keep DEVELOPER (to drop the resource alone, DeletionPolicy: Retain).',
      },
    ]);
  });
  test('goes with DEVELOPER', () => expect(said({ observed })).toEqual([]));
});

describe('the tags of a pool', () => {
  const tags = (count: number, more: object = {}) => ({
    UserPoolTags: { ...Object.fromEntries([...Array(count).keys()].map((key) => [`k${key}`, ''])), ...more },
  });
  test('have no room for ours at 50', () => {
    expect(problems({ described: tags(50) })).toEqual([
      {
        code: 'ServiceLimitExceeded',
        message:
          "User pool eu-west-1_A in eu-west-1 has 50 tags, which is Cognito's limit, and the setup needs one: remove a tag.",
      },
    ]);
  });
  test.each<[string, JsonObject]>([
    ['at 49', tags(49)],
    ['where ours is one of 50', tags(49, { 'Org::Cognito::EmailSetup': '' })],
    ['where AWS’s own are among 50', tags(49, { 'aws:x': '' })],
  ])('have room %s', (_name, described) => expect(said({ described })).toEqual([]));
  test('are not AWS’s own only because they name it', () => {
    expect(said({ described: tags(49, { 'our-aws:': '' }) })).toHaveLength(1);
  });
});

test('everything is told at once, in one order', () => {
  const kinds = said({
    declared: { ...byDefault, configurationSet: 'mail' },
    identity: { kind: 'absent' },
    described: { UserPoolTags: Object.fromEntries([...Array(50).keys()].map((key) => [`k${key}`, ''])) },
    observed: { emailMfa: true, configurationSet: { kind: 'absent' } },
  }).map((message) => /^(Identity|ConfigurationSet|User pool \S+ in \S+ has (?:e-mail|50))/.exec(message)?.[1]);
  const pool = 'User pool eu-west-1_A in eu-west-1 has';
  expect(kinds).toEqual(['Identity', 'ConfigurationSet', `${pool} e-mail`, `${pool} 50`]);
});
