import { randomBytes } from 'node:crypto';
import { type CloudWatchState, cloudWatchState } from './cloudwatch/state';
import { canSend, type Delivery } from './cognito/can-send';
import type { EmailContext } from './cognito/email-rules';
import { type CognitoState, cognitoState } from './cognito/state';
import { partitionOf } from './regions';
import { type SesState, sesState } from './ses/state';
import type { Behaviours, Credentials } from './types';

/** One Region of one account: a world of its own. */
export interface RegionState {
  readonly cognito: CognitoState;
  readonly ses: SesState;
  readonly cloudWatch: CloudWatchState;
  /** Would mail of this pool go out now? */
  canSend(poolId: string): Delivery;
}

/** All accounts: their worlds by Region, and the access keys that the server knows. */
export function accounts(modes: Behaviours) {
  const worlds = new Map<string, RegionState>();
  const keys = new Map<string, { readonly account: string; readonly credentials: Credentials }>();
  const arnPrefix = (service: string, region: string, account: string) =>
    `arn:${partitionOf(region)}:${service}:${region}:${account}`;

  const world = (region: string, account: string): RegionState => {
    const known = worlds.get(`${account}/${region}`);
    if (known) return known;
    const cognito = cognitoState(region, arnPrefix('cognito-idp', region, account));
    const made: RegionState = {
      cognito,
      ses: sesState(),
      cloudWatch: cloudWatchState(),
      canSend: (poolId) => {
        const pool = cognito.pools.get(poolId);
        return pool ? canSend(pool, emailContext(region, account, poolId)) : { sends: false, why: 'no such pool' };
      },
    };
    worlds.set(`${account}/${region}`, made);
    return made;
  };
  const emailContext = (poolRegion: string, account: string, poolId: string): EmailContext => ({
    poolRegion,
    account,
    poolArn: `${arnPrefix('cognito-idp', poolRegion, account)}:userpool/${poolId}`,
    modes,
    ses: (region) => world(region, account).ses,
  });
  return {
    world,
    emailContext,
    arnPrefix,
    /** Who owns an access key; undefined for a key that nobody was given. */
    owner: (accessKeyId: string) => keys.get(accessKeyId),
    /** Access keys of an account, the same ones at every call. */
    credentials: (account: string): Credentials => {
      const known = [...keys.values()].find((owner) => owner.account === account);
      if (known) return known.credentials;
      const credentials = {
        accessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
        secretAccessKey: randomBytes(30).toString('base64'),
        sessionToken: randomBytes(60).toString('base64'),
      };
      keys.set(credentials.accessKeyId, { account, credentials });
      return credentials;
    },
  };
}
