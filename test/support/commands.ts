import fc from 'fast-check';
import { faultKinds } from './faults';

/** A fault that strikes the call of that number, and, for ever, each later one of the same operation. */
export interface Strike {
  readonly kind: number;
  readonly at: number;
  readonly forEver: boolean;
}

export type Foreign = 'settings' | 'count' | 'wipe' | 'by hand' | 'e-mail MFA' | 'policy removed' | 'tag removed';

/** One step of a sequence; `pool` and `kind` are numbers among the pools and the kinds of their Region. */
export type Command =
  | {
      readonly do: 'create';
      readonly pool: number;
      readonly kind: number;
      readonly takeOver: boolean;
      readonly strike: Strike | null;
    }
  | { readonly do: 'update'; readonly pool: number; readonly kind: number; readonly strike: Strike | null }
  | { readonly do: 'delete' | 'read' | 'list'; readonly pool: number; readonly strike: Strike | null }
  | { readonly do: 'change'; readonly pool: number; readonly what: Foreign };

const pool = fc.nat({ max: 2 });
const kind = fc.nat({ max: 4 });
const strike = fc.option(
  fc.record({
    kind: fc.nat({ max: faultKinds.length - 1 }),
    at: fc.nat({ max: 11 }),
    forEver: fc.integer({ min: 1, max: 8 }).map((one) => one === 8),
  }),
  { freq: 2 },
);

/** Any step of a sequence. */
export const commands: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('create' as const), pool, kind, takeOver: fc.boolean(), strike }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('update' as const), pool, kind, strike }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('delete' as const, 'read' as const, 'list' as const), pool, strike }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('change' as const),
      pool,
      what: fc.constantFrom<Foreign>(
        'settings',
        'count',
        'wipe',
        'by hand',
        'e-mail MFA',
        'policy removed',
        'tag removed',
      ),
    }),
  },
);
