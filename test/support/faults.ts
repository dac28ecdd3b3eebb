import type { Call, Fault } from '../../emulator/types';

/** A way in which any call may fail. */
export interface FaultKind {
  readonly name: string;
  readonly fault: (call: Call) => Fault;
  /** CloudFormation's code where it never passes. */
  readonly code: string;
  /** Is the call retried? Everything is but a denial. */
  readonly transient: boolean;
  /** Can it happen to this call? */
  readonly appliesTo: (operation: string) => boolean;
}

const anyCall = () => true;
const isWrite = (operation: string) => !/^(Get|Describe|List)/.test(operation);

/** Every way that the matrix knows. */
export const faultKinds: readonly FaultKind[] = [
  {
    name: 'throttle',
    fault: () => ({ kind: 'error', status: 429, name: 'TooManyRequestsException', message: 'Rate exceeded' }),
    code: 'Throttling',
    transient: true,
    appliesTo: anyCall,
  },
  {
    name: 'denied',
    fault: ({ operation }) => ({
      kind: 'error',
      status: 403,
      name: 'AccessDeniedException',
      message: `User is not authorized to perform: test:${operation}`,
    }),
    code: 'AccessDenied',
    transient: false,
    appliesTo: anyCall,
  },
  {
    name: '500',
    fault: () => ({ kind: 'error', status: 500, name: 'InternalErrorException', message: 'Internal error' }),
    code: 'ServiceInternalError',
    transient: true,
    appliesTo: anyCall,
  },
  { name: 'reset', fault: () => ({ kind: 'reset' }), code: 'NetworkFailure', transient: true, appliesTo: anyCall },
  { name: 'time-out', fault: () => ({ kind: 'hang' }), code: 'NetworkFailure', transient: true, appliesTo: anyCall },
  {
    name: 'malformed',
    fault: () => ({ kind: 'malformed', status: 200, contentType: 'text/html', body: '<html>' }),
    code: 'ServiceInternalError',
    transient: true,
    appliesTo: anyCall,
  },
  {
    name: 'concurrent modification',
    fault: ({ service }) => ({
      kind: 'error',
      status: service === 'ses' ? 500 : 400,
      name: 'ConcurrentModificationException',
      message: 'being modified',
    }),
    code: 'ResourceConflict',
    transient: true,
    appliesTo: isWrite,
  },
  {
    name: 'answer lost',
    fault: () => ({ kind: 'lost-answer' }),
    code: 'NetworkFailure',
    transient: true,
    appliesTo: anyCall,
  },
];

/** A call by its number among those of its operation and Region. */
export interface CallKey {
  readonly operation: string;
  readonly region: string;
  readonly nth: number;
}

/** The calls of an operation, keyed, in order of arrival. */
export function keysOf(calls: readonly Call[]): readonly CallKey[] {
  const counts = new Map<string, number>();
  return calls.map(({ operation, region }) => {
    const key = `${operation}@${region}`;
    const nth = counts.get(key) ?? 0;
    counts.set(key, nth + 1);
    return { operation, region, nth };
  });
}

/** A plan that injects a fault at the keyed call: once, or there and at each later call of its operation and Region. */
export function faultAt(
  key: CallKey,
  { kind, forEver }: { readonly kind: FaultKind; readonly forEver: boolean },
): (call: Call) => Fault | undefined {
  let count = 0;
  return (call) => {
    if (call.operation !== key.operation || call.region !== key.region) return undefined;
    count += 1;
    const hit = forEver ? count > key.nth : count === key.nth + 1;
    return hit ? kind.fault(call) : undefined;
  };
}
