import type { Caller } from '../emulator/cloudformation/types';
import type { EmbeddedAws } from '../emulator/index';
import type { Report } from './report';

/** Where a stack is created, and the report that its steps are printed to. */
export interface StackContext {
  readonly aws: EmbeddedAws;
  readonly region: string;
  /** Invokes the built handler. */
  readonly caller: Caller;
  readonly report: Report;
  /** The resource that is created, updated or deleted; undefined for a step of the stack as a whole. */
  readonly logicalId?: string;
}
