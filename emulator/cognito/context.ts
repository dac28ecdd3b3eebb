import type { Behaviours } from '../behaviours';
import type { SesState } from '../ses/state';
import type { JsonObject } from '../types';
import type { CognitoState, Pool } from './state';

/** What Cognito needs for the rules on a pool's e-mail. */
export interface EmailContext {
  readonly poolRegion: string;
  readonly account: string;
  readonly poolArn: string;
  readonly behaviours: Behaviours;
  readonly ses: (region: string) => SesState;
}

/** What an operation of Cognito needs. */
export interface CognitoContext {
  readonly state: CognitoState;
  readonly input: JsonObject;
  /** `arn:PARTITION:cognito-idp:REGION:ACCOUNT`. */
  readonly arnPrefix: string;
  readonly emailContext: (pool: Pool) => EmailContext;
}
