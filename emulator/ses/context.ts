import type { Behaviours } from '../behaviours';
import type { JsonObject } from '../types';
import type { SesState } from './state';

/** What an operation of SES needs. */
export interface SesContext {
  readonly state: SesState;
  readonly behaviours: Behaviours;
  /** `arn:PARTITION:ses:REGION:ACCOUNT`. */
  readonly arnPrefix: string;
  readonly input: JsonObject;
}
