import fc from 'fast-check';
import { faultKinds } from './faults';
import { type Who, whoever } from './model';

/** A fault that strikes the call of that number, and, for ever, each later one of the same operation. */
export interface InjectedFault {
  readonly kind: number;
  readonly at: number;
  readonly forEver: boolean;
}

const foreign = [
  'settings',
  'count',
  'wipe',
  'by hand',
  'another sender',
  'e-mail MFA',
  'policy removed',
  'tag removed',
] as const;
export type ExternalChange = (typeof foreign)[number];

/** One step of a sequence; `pool` and `kind` are numbers among the pools and the kinds of their Region. */
export type Command =
  | {
      readonly do: 'create';
      readonly pool: number;
      readonly by: Who;
      readonly kind: number;
      readonly takeOver: boolean;
      readonly strike: InjectedFault | null;
    }
  | {
      readonly do: 'update';
      readonly pool: number;
      readonly by: Who;
      readonly kind: number;
      readonly strike: InjectedFault | null;
    }
  | {
      readonly do: 'delete';
      readonly pool: number;
      readonly by: Who;
      /** What a stranger's model says; a stack's says what its template declares. */
      readonly kind: number;
      /** The identifier alone: the contract promises no more. */
      readonly bare: boolean;
      readonly strike: InjectedFault | null;
    }
  /** Whoever owns the setup gets another logical id, or moves to another stack; `undone`: the stack rolls back after it. */
  | {
      readonly do: 'move';
      readonly pool: number;
      readonly by: Who;
      readonly undone: boolean;
      readonly strike: InjectedFault | null;
    }
  /** A stack refactoring; or, where `to` is whom it was from, a resource that leaves its template and is retained. */
  | { readonly do: 'refactor'; readonly pool: number; readonly from: Who; readonly to: Who }
  | { readonly do: 'read' | 'list'; readonly pool: number; readonly strike: InjectedFault | null }
  | { readonly do: 'change'; readonly pool: number; readonly what: ExternalChange };

// Most of it happens on one pool: a setup that several owners want.
const pool = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.nat({ max: 2 }) });
const kind = fc.nat({ max: 6 });
const by = fc.constantFrom<Who>(...whoever);
const strike = fc.option(
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
    arbitrary: fc.record({ do: named('create'), pool, by, kind, takeOver: fc.boolean(), strike }),
  },
  { weight: 4, arbitrary: fc.record({ do: named('update'), pool, by, kind, strike }) },
  { weight: 3, arbitrary: fc.record({ do: named('delete'), pool, by, kind, bare: fc.boolean(), strike }) },
  { weight: 3, arbitrary: fc.record({ do: named('move'), pool, by, undone: fc.boolean(), strike }) },
  { weight: 1, arbitrary: fc.record({ do: named('refactor'), pool, from: by, to: by }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('read' as const, 'list' as const), pool, strike }),
  },
  { weight: 3, arbitrary: fc.record({ do: named('change'), pool, what: fc.constantFrom(...foreign) }) },
);
