import type { Caller } from '../../emulator/cloudformation/drive';
import type { EmbeddedAws } from '../../emulator/index';
import type { JsonObject } from '../../emulator/types';
import type { Known } from '../functions';
import type { Report } from '../report';

/** Where a stack's resources are made, and who is told. */
export interface StackContext {
  readonly aws: EmbeddedAws;
  readonly region: string;
  /** Drives the built handler. */
  readonly caller: Caller;
  readonly report: Report;
  /** The resource that is being made, changed or deleted; the stack's own steps are about none. */
  readonly logicalId?: string;
}

/** A resource type that the runner makes. An operation that AWS refuses throws `Refused`. */
export interface ResourceType {
  create(site: StackContext, properties: JsonObject): Promise<Known>;
  /** Changes what stands; the properties differ. */
  update(site: StackContext, made: Known, properties: JsonObject, previous: JsonObject): Promise<Known>;
  remove(site: StackContext, made: Known, properties: JsonObject): Promise<void>;
  /** Properties whose change would make CloudFormation replace the resource. */
  readonly createOnly: readonly string[];
}

/** What AWS said to an operation that failed. */
export class Refused extends Error {}

/** Runs a call of AWS; its refusal becomes `Refused`. */
export async function asking<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Error) throw new Refused(`${error.name}: ${error.message}`);
    throw error;
  }
}

/** How an SDK client reaches the embedded AWS. */
export const clientOf = ({ aws, region, caller }: StackContext) => ({
  endpoint: aws.url,
  region,
  credentials: { ...caller.credentials },
});
