import { randomBytes } from 'node:crypto';
import { type CloudWatchWorld, cloudWatchWorld } from './cloudwatch/world';
import { type Delivery, delivers } from './cognito/delivers';
import type { EmailContext } from './cognito/email-rules';
import { type CognitoWorld, cognitoWorld } from './cognito/world';
import { partitionOf } from './regions';
import { type SesWorld, sesWorld } from './ses/world';
import type { Credentials, Modes } from './types';

/** One Region of one account: a world of its own. */
export interface World {
  readonly cognito: CognitoWorld;
  readonly ses: SesWorld;
  readonly cloudWatch: CloudWatchWorld;
  /** Would mail of this pool go out now? */
  delivers(poolId: string): Delivery;
}

/** All accounts: their worlds by Region, and the access keys that the server knows. */
export function accounts(modes: Modes) {
  const worlds = new Map<string, World>();
  const keys = new Map<string, { readonly account: string; readonly credentials: Credentials }>();
  const arnPrefix = (service: string, region: string, account: string) =>
    `arn:${partitionOf(region)}:${service}:${region}:${account}`;

  const world = (region: string, account: string): World => {
    const known = worlds.get(`${account}/${region}`);
    if (known) return known;
    const cognito = cognitoWorld(region, arnPrefix('cognito-idp', region, account));
    const made: World = {
      cognito,
      ses: sesWorld(),
      cloudWatch: cloudWatchWorld(),
      delivers: (poolId) => {
        const pool = cognito.pools.get(poolId);
        return pool ? delivers(pool, emailContext(region, account, poolId)) : { sends: false, why: 'no such pool' };
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
