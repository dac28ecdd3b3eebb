import type { Json } from '../emulator/types';

/** What `Ref` and `Fn::GetAtt` of a resource return. */
export interface ResourceValues {
  readonly ref: string;
  attribute(name: string): Json | undefined;
}

/** Finds the values of a resource by its logical id; undefined for one that does not exist. */
export type ResourceLookup = (logicalId: string) => ResourceValues | undefined;

/** The placeholder for a value that is known only once a resource is created. */
export const knownAfterCreate = '(known once it is made)';

/** Is a value known before anything is created? */
export const isKnown = (value: Json | undefined) =>
  value === undefined || !JSON.stringify(value).includes(knownAfterCreate);

/** Placeholders for resources with these ids, so that a whole template can be checked before anything is created. */
export const placeholdersFor =
  (ids: ReadonlySet<string>): ResourceLookup =>
  (id) =>
    ids.has(id) ? { ref: knownAfterCreate, attribute: () => knownAfterCreate } : undefined;
