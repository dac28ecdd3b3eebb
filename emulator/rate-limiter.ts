/** Lets through so many calls a second for each key, and so many at once where there were none for long enough. */
export function rateLimiter(): (key: string, perSecond: number, burst: number) => boolean {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (key, perSecond, burst) => {
    const now = performance.now();
    const { tokens, at } = buckets.get(key) ?? { tokens: burst, at: now };
    const filled = Math.min(burst, tokens + ((now - at) / 1000) * perSecond);
    const passes = filled >= 1;
    buckets.set(key, { tokens: passes ? filled - 1 : filled, at: now });
    return passes;
  };
}
