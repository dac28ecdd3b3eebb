/** Answers of a service by what was asked; `at` is when, in milliseconds since the epoch. Plain JSON. */
export type CachedAnswers = Record<string, { readonly at: number; readonly answer: unknown }>;

/** Where answers are kept from one invocation to the next. */
export interface AnswerCache {
  answers: CachedAnswers;
}

/** One question, and which of its answers may be kept. */
export interface CachedQuestion<T> {
  readonly key: string;
  readonly fetch: () => Promise<T>;
  /** What is kept of an answer; undefined for one that is not kept. */
  readonly keep: (answer: T) => T | undefined;
}

/** The kept answer to a question where it is younger than `ttl` milliseconds, or a new one. */
export async function getOrFetch<T>(cache: AnswerCache, ttl: number, question: CachedQuestion<T>): Promise<T> {
  const { key, fetch, keep } = question;
  const known = Object.hasOwn(cache.answers, key) ? cache.answers[key] : undefined;
  if (known && Date.now() - known.at < ttl) return known.answer as T;
  const answer = await fetch();
  const kept = keep(answer);
  if (kept !== undefined) cache.answers[key] = { at: Date.now(), answer: kept };
  return answer;
}
