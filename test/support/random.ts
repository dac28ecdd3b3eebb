import fc from 'fast-check';

/** Chances that a seed decides: the same seed, the same chances. */
export function seeded(seed: number) {
  return {
    /** The same items in another order. */
    shuffled: <T>(items: readonly T[]): T[] => {
      const [order = []] = fc.sample(
        fc.shuffledSubarray([...items.keys()], { minLength: items.length, maxLength: items.length }),
        { seed, numRuns: 1 },
      );
      return order.map((index) => items[index] as T);
    },
  };
}
