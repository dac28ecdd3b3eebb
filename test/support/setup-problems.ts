import type { JsonObject } from '../../emulator/types';
import { attachments } from './expect-setup';
import type { PoolFixture } from './owners';
import type { SetupKind } from './setup-kinds';

/**
 * Whatever keeps a setup from being in force as declared: another EmailConfiguration, a missing policy, mail that does not go
 * out, and, unless `othersAllowed`, policies or tags of ours on other identities. None: all is well.
 */
export function setupProblems(
  fixture: PoolFixture,
  kind: SetupKind,
  { othersAllowed = false } = {},
): readonly string[] {
  const { EmailSendingAccount, From, ReplyToEmailAddress } = kind.properties;
  const wanted: JsonObject = { EmailSendingAccount: EmailSendingAccount ?? '' };
  if (From) wanted['From'] = From;
  if (ReplyToEmailAddress) wanted['ReplyToEmailAddress'] = ReplyToEmailAddress;
  if (kind.arnRegion) {
    wanted['SourceArn'] = `arn:aws:ses:${kind.arnRegion}:${fixture.testAccount.account}:identity/${kind.identity}`;
  }
  const sorted = (json: JsonObject) => JSON.stringify(Object.entries(json).sort());
  const policies = kind.principal === undefined ? [] : kind.regions.map((ses) => `${ses}/${kind.identity} policy`);
  const found = attachments(fixture.testAccount, fixture.region, fixture.poolId);
  const lacks = policies.filter((one) => !found.includes(one));
  // On an identity that the live sender uses, no roll-back of another setup deletes a policy.
  const used = kind.regions.map((ses) => `${ses}/${kind.identity} policy`);
  const more = found.filter((one) => !used.includes(one));
  return [
    ...(sorted(fixture.email()) === sorted(wanted) ? [] : [`${kind.name} is not in force: ${sorted(fixture.email())}`]),
    ...(lacks.length === 0 ? [] : [`lacks ${lacks}`]),
    ...(more.length === 0 || othersAllowed ? [] : [`${more} stays`]),
    ...(fixture.sends() ? [] : ['mail does not go out']),
  ];
}
