import type { JsonObject } from '../../emulator/types';
import type { ResourceValues } from '../resource-values';
import type { StackContext } from '../stack-context';

/** What an update gets: the resource's values and its properties before and after. */
interface ResourceUpdate {
  readonly values: ResourceValues;
  readonly properties: JsonObject;
  readonly previous: JsonObject;
}

/** A resource type that a local stack can create. An operation that AWS refuses throws `ResourceOperationError`. */
export interface ResourceType {
  create(context: StackContext, properties: JsonObject): Promise<ResourceValues>;
  /** Called only where the properties differ. Returns the values afterwards. */
  update(context: StackContext, update: ResourceUpdate): Promise<ResourceValues>;
  delete(context: StackContext, values: ResourceValues, properties: JsonObject): Promise<void>;
  /** Properties whose change would make CloudFormation replace the resource. */
  readonly createOnly: readonly string[];
}

/** An operation on a resource has failed; the message is AWS's. */
export class ResourceOperationError extends Error {}
