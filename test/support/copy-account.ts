import { payloadOf } from '../../emulator/cloudformation/payload';
import type { Caller } from '../../emulator/cloudformation/types';
import type { JsonObject } from '../../emulator/types';
import { ownerOf } from '../../src/domain/owners';
import { formatSetupTag, parseSetupTag, senderHash } from '../../src/domain/tags';
import { sesRegions } from './account-snapshot';
import { tagKey } from './expect-setup';
import type { TestAccount } from './test-account';

type Account = Pick<TestAccount, 'account' | 'regionState'>;

/**
 * Copies what stands in an account, to be put into others: what a Create has made there need not be made again. The
 * other accounts have the same pools (of one Region) and identities; settings, policies and tags are put in.
 */
export function copyAccount({ account, regionState }: Account, poolRegion: string): (other: Account) => void {
  const pools = [...regionState(poolRegion).cognito.pools.values()].map(({ id, members }) => ({ id, members }));
  const identities = sesRegions.flatMap((region) =>
    [...regionState(region).ses.identities.values()].map(({ name, policies, tags }) => ({
      region,
      name,
      policies: [...policies],
      tags: [...tags],
    })),
  );
  const text = JSON.stringify({ pools, identities });
  return (other) => {
    const copy: { pools: typeof pools; identities: typeof identities } = JSON.parse(
      text.replaceAll(account, other.account),
    );
    for (const { id, members } of copy.pools) {
      Object.assign(other.regionState(poolRegion).cognito.pools.get(id) ?? {}, {
        members: ownedBy(other.account, poolRegion, members),
      });
    }
    for (const { region, name, policies, tags } of copy.identities) {
      const identity = other.regionState(region).ses.identities.get(name);
      for (const [key, policy] of policies) identity?.policies.set(key, policy);
      for (const [key, value] of tags) identity?.tags.set(key, value);
    }
  };
}

/** The account is in the hashes of the pool's tag, too: of the stack that owns the setup, and of the sender. */
function ownedBy(account: string, region: string, members: JsonObject): JsonObject {
  const tags = members['UserPoolTags'] as JsonObject;
  const tag = parseSetupTag(tags[tagKey] as string | undefined);
  if (!tag) return members;
  const { stackId, requestData } = payloadOf({ account, region } as Caller, { action: 'CREATE' }, '');
  const owner = ownerOf(String(stackId), String((requestData as JsonObject)['logicalResourceId']));
  const sender = senderHash(members['EmailConfiguration'] as JsonObject);
  return { ...members, UserPoolTags: { ...tags, [tagKey]: formatSetupTag({ ...tag, owner, sender }) } };
}
