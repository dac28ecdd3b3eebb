import fc from 'fast-check';

const many = fc.array(fc.string(), { minLength: 500, maxLength: 1000, size: 'max' });
const stackOf = async (run: () => unknown): Promise<string> => {
  try {
    await run();
  } catch (error) {
    return String((error as Error).stack);
  }
  return 'nothing';
};
const failing = () => {
  throw new Error('the cause');
};

test.each<[string, () => unknown]>([
  ['a property', () => fc.assert(fc.property(many, failing), { endOnFailure: true })],
  [
    'an asynchronous one',
    () =>
      fc.assert(
        fc.asyncProperty(many, async () => failing()),
        { endOnFailure: true },
      ),
  ],
])(
  '%s that fails tells its cause first and once, how to run it again, and not a thousand values',
  async (_what, run) => {
    const text = await stackOf(run);
    expect(text).toMatch(
      /^Error: the cause\n\nRun \d+ of the property fails, with \{"seed":-?\d+,"path":"[\d:]+"\}: \[/,
    );
    expect(text.match(/the cause/g)).toHaveLength(1);
    expect(text.split('    at ')[0]?.length).toBeLessThan(1800);
    expect(text).toContain('fast-check-report.test.ts');
  },
);

test('one that holds says nothing', async () => {
  expect(await stackOf(() => fc.assert(fc.property(fc.nat(), () => true)))).toBe('nothing');
});
