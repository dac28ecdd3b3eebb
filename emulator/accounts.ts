import { randomBytes } from 'node:crypto';
import type { Behaviours } from './behaviours';
import { type CloudWatchState, cloudWatchState } from './cloudwatch/state';
import { canSend, type Delivery } from './cognito/can-send';
import type { EmailContext } from './cognito/context';
import { type CognitoState, cognitoState } from './cognito/state';
import { partitionOf } from './regions';
import { type SesState, sesState } from './ses/state';
import type { Credentials } from './types';

/** The state of one Region of one account. */
export interface RegionState {
  readonly cognito: CognitoState;
  readonly ses: SesState;
  readonly cloudWatch: CloudWatchState;
  /** Would Cognito be able to send a pool's e-mail now? */
  canSend(poolId: string): Delivery;
}

/** All accounts: their state by Region, and their access keys. */
export function accounts(behaviours: Behaviours) {
  const states = new Map<string, RegionState>();
  const accessKeys = new Map<string, { readonly account: string; readonly credentials: Credentials }>();
  const arnPrefix = (service: string, region: string, account: string) =>
    `arn:${partitionOf(region)}:${service}:${region}:${account}`;

  const regionState = (region: string, account: string): RegionState => {
    const existing = states.get(`${account}/${region}`);
    if (existing) return existing;
    const cognito = cognitoState(region, arnPrefix('cognito-idp', region, account));
    const created: RegionState = {
      cognito,
      ses: sesState(),
      cloudWatch: cloudWatchState(),
      canSend: (poolId) => {
        const pool = cognito.pools.get(poolId);
        return pool ? canSend(pool, emailContext(region, account, poolId)) : { sends: false, why: 'no such pool' };
      },
    };
    states.set(`${account}/${region}`, created);
    return created;
  };
  const emailContext = (poolRegion: string, account: string, poolId: string): EmailContext => ({
    poolRegion,
    account,
    poolArn: `${arnPrefix('cognito-idp', poolRegion, account)}:userpool/${poolId}`,
    behaviours,
    ses: (region) => regionState(region, account).ses,
  });
  return {
    regionState,
    emailContext,
    arnPrefix,
    /** The account and credentials of an access key; undefined for an unknown key. */
    findAccessKey: (accessKeyId: string) => accessKeys.get(accessKeyId),
    /** Credentials of an account, the same ones at every call. */
    credentials: (account: string): Credentials => {
      const existing = [...accessKeys.values()].find((accessKey) => accessKey.account === account);
      if (existing) return existing.credentials;
      const credentials = {
        accessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
        secretAccessKey: randomBytes(30).toString('base64'),
        sessionToken: randomBytes(60).toString('base64'),
      };
      accessKeys.set(credentials.accessKeyId, { account, credentials });
      return credentials;
    },
  };
}

export type Accounts = ReturnType<typeof accounts>;
