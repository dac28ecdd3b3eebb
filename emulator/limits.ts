/** Lets through so many calls a second for each key, with a burst of one second's worth. */
export function rateLimiter(): (key: string, perSecond: number) => boolean {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (key, perSecond) => {
    const now = performance.now();
    const burst = Math.max(1, perSecond);
    const { tokens, at } = buckets.get(key) ?? { tokens: burst, at: now };
    const filled = Math.min(burst, tokens + ((now - at) / 1000) * perSecond);
    const passes = filled >= 1;
    buckets.set(key, { tokens: passes ? filled - 1 : filled, at: now });
    return passes;
  };
}
