import fc from 'fast-check';
import { faultKinds } from './faults';
import { type Actor, actors } from './model';

/** A fault at the call of that number and, with `forEver`, at each later call of the same operation. */
export interface InjectedFault {
  readonly kind: number;
  readonly at: number;
  readonly forEver: boolean;
}

const externalChanges = [
  'settings',
  'count',
  'wipe',
  'by hand',
  'another sender',
  'e-mail MFA',
  'policy removed',
  'tag removed',
] as const;
export type ExternalChange = (typeof externalChanges)[number];

/** One step of a sequence; `pool` and `kind` are numbers among the pools and the kinds of their Region. */
export type Command =
  | {
      readonly do: 'create';
      readonly pool: number;
      readonly by: Actor;
      readonly kind: number;
      readonly takeOver: boolean;
      readonly injectedFault: InjectedFault | null;
    }
  | {
      readonly do: 'update';
      readonly pool: number;
      readonly by: Actor;
      readonly kind: number;
      readonly injectedFault: InjectedFault | null;
    }
  | {
      readonly do: 'delete';
      readonly pool: number;
      readonly by: Actor;
      /** The model of a request by an actor that has declared nothing; others send what they have declared. */
      readonly kind: number;
      /** The identifier alone: the contract promises no more. */
      readonly bare: boolean;
      readonly injectedFault: InjectedFault | null;
    }
  /** The resource gets another logical id, or moves to another stack; `rolledBack`: the stack rolls back afterwards. */
  | {
      readonly do: 'move';
      readonly pool: number;
      readonly by: Actor;
      readonly rolledBack: boolean;
      readonly injectedFault: InjectedFault | null;
    }
  /** A stack refactoring; or, where `to` is whom it was from, a resource that leaves its template and is retained. */
  | { readonly do: 'refactor'; readonly pool: number; readonly from: Actor; readonly to: Actor }
  | { readonly do: 'read' | 'list'; readonly pool: number; readonly injectedFault: InjectedFault | null }
  | { readonly do: 'change'; readonly pool: number; readonly what: ExternalChange };

// Most of it happens on one pool: a setup that several owners want.
const pool = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.nat({ max: 2 }) });
const kind = fc.nat({ max: 6 });
const by = fc.constantFrom<Actor>(...actors);
const injectedFault = fc.option(
  fc.record({
    kind: fc.nat({ max: faultKinds.length - 1 }),
    at: fc.nat({ max: 11 }),
    forEver: fc.integer({ min: 1, max: 8 }).map((one) => one === 8),
  }),
  { freq: 2 },
);
const named = <T extends string>(name: T) => fc.constant(name);

/** Any step of a sequence. */
export const commands: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: named('create'), pool, by, kind, takeOver: fc.boolean(), injectedFault }),
  },
  { weight: 4, arbitrary: fc.record({ do: named('update'), pool, by, kind, injectedFault }) },
  { weight: 3, arbitrary: fc.record({ do: named('delete'), pool, by, kind, bare: fc.boolean(), injectedFault }) },
  { weight: 3, arbitrary: fc.record({ do: named('move'), pool, by, rolledBack: fc.boolean(), injectedFault }) },
  { weight: 1, arbitrary: fc.record({ do: named('refactor'), pool, from: by, to: by }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('read' as const, 'list' as const), pool, injectedFault }),
  },
  { weight: 3, arbitrary: fc.record({ do: named('change'), pool, what: fc.constantFrom(...externalChanges) }) },
);
