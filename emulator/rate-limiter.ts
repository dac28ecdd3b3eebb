/** Calls that are let through for one key: so many a second, and at most `burst` at once. */
interface RateLimit {
  readonly perSecond: number;
  readonly burst: number;
}

/** A token bucket for each key. The function returns whether one more call may pass. */
export function rateLimiter(): (key: string, limit: RateLimit) => boolean {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (key, { perSecond, burst }) => {
    const now = performance.now();
    const { tokens, at } = buckets.get(key) ?? { tokens: burst, at: now };
    const filled = Math.min(burst, tokens + ((now - at) / 1000) * perSecond);
    const mayPass = filled >= 1;
    buckets.set(key, { tokens: mayPass ? filled - 1 : filled, at: now });
    return mayPass;
  };
}
