import { allows } from '../../emulator/ses/policy-evaluation';
import type { JsonObject } from '../../emulator/types';
import type { TestHarness } from './harness';
import type { SetupKind } from './setup-kinds';

const account = '111122223333';
/** The tag that a pool with a setup carries. */
export const tagKey = 'Org::Cognito::EmailSetup';

/** Everything of ours that stands on any identity for a pool: `Region/identity policy` or `… tag`. */
export function attachments(
  harness: Pick<TestHarness, 'regionState'>,
  region: string,
  poolId: string,
): readonly string[] {
  return everyRegion.flatMap((ses) =>
    [...harness.regionState(ses).ses.identities.values()].flatMap(({ name, policies, tags }) => [
      ...[...policies.keys()].filter((key) => key.includes(poolId)).map(() => `${ses}/${name} policy`),
      ...[...tags.keys()].filter((key) => key === `EmailSetup/${region}/${poolId}`).map(() => `${ses}/${name} tag`),
    ]),
  );
}

/** The pool sends as a kind of setup says, and each identity has the policy that it needs, and no other anything. */
export function expectSetup(harness: TestHarness, region: string, poolId: string, kind: SetupKind): void {
  const { EmailConfiguration, UserPoolTags } = harness.regionState(region).cognito.describe(poolId);
  const { EmailSendingAccount, From, ReplyToEmailAddress, ConfigurationSet } = kind.properties;
  const wanted = { EmailSendingAccount, From, ReplyToEmailAddress, ConfigurationSet };
  expect(EmailConfiguration).toEqual({
    ...Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)),
    ...(kind.arnRegion && { SourceArn: `arn:aws:ses:${kind.arnRegion}:${account}:identity/${kind.identity}` }),
  });
  expect(UserPoolTags).toHaveProperty(
    [tagKey],
    expect.stringMatching(/^v2 [0-9a-f]{16} ([0-9a-f]{16}|-) [0-9a-f]{16}$/),
  );
  const granting = kind.principal === undefined ? [] : kind.regions;
  expect([...attachments(harness, region, poolId)].sort()).toEqual(
    [...granting].map((ses) => `${ses}/${kind.identity} policy`).sort(),
  );
  for (const ses of granting) expectPolicy(harness, region, poolId, kind, ses);
  expect(harness.regionState(region).canSend(poolId)).toMatchObject({ sends: true });
}

function expectPolicy(harness: TestHarness, region: string, poolId: string, kind: SetupKind, ses: string): void {
  const policies =
    harness.regionState(ses).ses.identities.get(kind.identity ?? '')?.policies ?? new Map<string, string>();
  const policy = policies.get(`EmailSetup-${region}-${poolId}`) ?? '{}';
  const identityArn = `arn:aws:ses:${ses}:${account}:identity/${kind.identity}`;
  const poolArn = `arn:aws:cognito-idp:${region}:${account}:userpool/${poolId}`;
  expect(JSON.parse(policy)).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: [kind.principal] },
        Action: ['SES:SendEmail', 'SES:SendRawEmail'],
        Resource: identityArn,
        Condition: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': poolArn } },
      },
    ],
  });
  const attempt = { action: 'ses:SendEmail', resource: identityArn, sourceArn: poolArn, sourceAccount: account };
  expect(allows([policy], { ...attempt, principal: kind.principal ?? '' })).toBe(true);
}

/** Nothing of ours is left anywhere, and the pool is as it was before (but for the time of its last change). */
export function expectNothing(harness: TestHarness, region: string, poolId: string, before: JsonObject): void {
  const { LastModifiedDate: _now, ...now } = harness.regionState(region).cognito.describe(poolId);
  const { LastModifiedDate: _then, ...then } = before;
  expect(now).toEqual(then);
  expect(attachments(harness, region, poolId)).toEqual([]);
}

const everyRegion = `us-east-1 us-east-2 us-west-1 us-west-2 ca-central-1 ca-west-1 ap-northeast-1 ap-northeast-2
  ap-northeast-3 ap-east-1 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4
  ap-southeast-5 ap-southeast-7 eu-west-1 eu-west-2 eu-west-3 eu-central-1 eu-central-2 eu-north-1 eu-south-1
  eu-south-2 me-south-1 me-central-1 sa-east-1 il-central-1 af-south-1 mx-central-1 ap-east-2`.split(/\s+/);
