import { partition } from '@aws-sdk/core/client';
import type { PoolArn } from '../domain/arns';
import type { Declaration } from '../domain/declaration/declaration';
import { HandlerError } from '../domain/errors';
import { stringAt } from '../domain/json';
import { decideDelete } from '../domain/plan/decide-delete';
import { identitiesOf } from '../domain/plan/desired';
import { poolAbsent } from '../domain/plan/not-found';
import type { IdentityAt, PresentPool } from '../domain/plan/observed';
import { attachedPolicies, planBetween, type Setup } from '../domain/plan/plan';
import { emailMfaMessage } from '../domain/plan/preflight';
import { senderHash } from '../domain/tags';
import { explainUpdateError } from '../domain/user-pool/update-errors';
import { grant, revoke, settled } from './apply-plan';
import type { Deleting, Journal } from './callback-context';
import { confirmSettings } from './confirm-settings';
import { distinct, followed, observeIdentities } from './observe';
import type { Invocation, Outcome } from './operation';
import { anotherRound } from './run';
import { confirm, switchSender } from './update-user-pool';
import { writeTag } from './write-tag';

/** What a next round must know of this one. */
type Progress = { -readonly [member in 'places' | 'begun' | 'revoked' | 'sent']: Deleting[member] };

/**
 * Takes a setup away: the pool back to Cognito's default sender and its tag off, then our policies; or no more than is
 * the request's own. Goes forward only, and is safe to repeat. Throws `not-found` where there is no setup of its own.
 */
export async function remove(run: Invocation, declared: Declaration, journal: Journal | undefined): Promise<Outcome> {
  const deleting = journal?.phase === 'deleting' ? journal : undefined;
  const known = distinct([...identitiesOf(declared, run.poolRegion), ...(deleting?.places ?? [])]);
  const progress: Progress = {
    places: known,
    begun: deleting?.begun ?? false,
    revoked: deleting?.revoked ?? [],
    sent: deleting?.sent,
  };
  try {
    const answer = await advance(run, declared, progress).catch((error) => {
      // The setup has changed hands while it was taken away: look again at once, its new owner may lack a policy.
      if (!(error instanceof HandlerError) || error.code !== 'ResourceConflict' || !error.retryable) throw error;
      return advance(run, declared, progress);
    });
    if (answer) throw answer;
    return { kind: 'done', model: undefined };
  } catch (error) {
    if (!(error instanceof HandlerError)) throw error;
    const started = deleting?.started ?? Date.now();
    const next: Journal = { version: 2, phase: 'deleting', started, ...progress };
    const outcome = error.retryable ? anotherRound(run, next, error) : undefined;
    if (outcome) return outcome;
    throw explainUpdateError(error, declared, run.poolRegion);
  }
}

/** Does what there is to do, and answers the failure that the Delete ends with then; undefined: SUCCESS. */
async function advance(run: Invocation, declared: Declaration, progress: Progress): Promise<HandlerError | undefined> {
  const { forward, pools, poolRegion, owner } = run;
  const { userPoolId: poolId } = declared;
  const describing = pools.describe(forward, poolId);
  const looking = Promise.all([observeIdentities(run, forward, progress.places), pools.emailMfa(forward, poolId)]);
  looking.catch(() => undefined);
  const decide = (pool: PresentPool, identities: readonly IdentityAt[]) => {
    const policies = attachedPolicies(identities, poolRegion, poolId);
    return decideDelete({ declared, owner, pool, policies, switched: progress.sent !== undefined, ...progress });
  };
  const first = await describing;
  if (first.kind === 'present' && first.tag !== undefined) {
    // Whose the setup is stands on the pool: where it stays, nobody has to wait for SES.
    const change = decide(first, []);
    if (!change.takesAway) {
      await takeAway(run, poolId, first, change, false, progress);
      return change.answer;
    }
  }
  const [named, emailMfa] = await looking;
  const { pool, identities } = await followed(run, poolId, first, named);
  if (pool.kind === 'absent') {
    await sweep(run, poolId, identities);
    return poolAbsent('delete', poolId);
  }
  const lost = progress.sent && confirmSettings(run, pool, progress.sent);
  progress.places = identities.map(({ region, identity }) => ({ region, identity }));
  const change = decide(pool, identities);
  progress.begun ||= change.takesAway;
  await takeAway(run, poolId, pool, change, emailMfa, progress);
  const reply = stringAt(change.target.emailConfiguration, 'ReplyToEmailAddress');
  if (reply !== undefined && !change.answer) run.log(`The reply address ${reply} stays: the model does not name it`);
  return lost ?? change.answer;
}

async function takeAway(
  run: Invocation,
  poolId: string,
  pool: PresentPool,
  { before, target }: { readonly before: Setup; readonly target: Setup },
  emailMfa: boolean,
  progress: Progress,
): Promise<void> {
  const plan = planBetween(before, target);
  if (plan.updatePool === 'update' && emailMfa)
    throw new HandlerError('InvalidRequest', emailMfaMessage(poolId, run.poolRegion));
  const changed = () =>
    new HandlerError('ResourceConflict', `The e-mail of user pool ${poolId} was changed by somebody else meanwhile.`, {
      retryable: true,
    });
  const senders = [before, target].map(({ emailConfiguration }) => senderHash(emailConfiguration));
  const guard = (now: PresentPool) => {
    if ([before.tag, target.tag].includes(now.tag) && senders.includes(senderHash(now.emailConfiguration))) return;
    throw changed();
  };
  const how = { patience: run.forward, grantsSeenBy: () => 0, guard };
  const sent = plan.updatePool === 'update' ? await switchSender(run, pool, target, how) : undefined;
  progress.sent = sent ?? progress.sent;
  if (plan.updatePool === 'tag') await writeTag(run, pool, target, how);
  const named = { arn: pool.arn, poolId };
  await grant(run, run.forward, named, plan, {});
  progress.revoked = [...progress.revoked, ...before.policies.filter(({ policy }) => policy !== undefined)];
  const failures = run.pace.failures();
  // Confirming beside revoking: were the pool looked at first, it could still change hands before the revoking.
  await settled([...(sent ? [confirm(run, pool, sent, target, how)] : []), revoke(run, run.forward, named, plan)]);
  // A revocation that had to be tried again may have met another sender.
  if (run.pace.failures() === failures) return;
  const now = await run.pools.describe(run.forward, poolId);
  if (now.kind === 'present' && senderHash(now.emailConfiguration) !== senderHash(target.emailConfiguration))
    throw changed();
}

/**
 * The pool is gone: our policies on the identities go too. Its ARN can no longer be asked for; the SDK's own table gives
 * the partition.
 */
async function sweep(run: Invocation, poolId: string, seen: readonly IdentityAt[]): Promise<void> {
  const policies = attachedPolicies(seen, run.poolRegion, poolId);
  const current: Setup = { emailConfiguration: {}, tag: undefined, policies };
  const { poolRegion: region, account } = run;
  const arn: PoolArn = { arn: '', partition: partition(region).name, region, account };
  await revoke(run, run.forward, { arn, poolId }, planBetween(current, { ...current, policies: [] }));
}
