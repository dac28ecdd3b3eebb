import { readOnlyProblems, unknownPropertyProblems } from '../../../../src/domain/declaration/unknown-properties';

const create = { poolRegion: 'eu-west-1', operation: 'create' } as const;
const sourceArn = 'SourceArn is read-only: declare Identity (its name) and SesRegion (its Region).';
const sesRegions = 'SesRegions is read-only: declare SesRegion.';

test('nothing is said of nothing', () => expect(unknownPropertyProblems([])).toEqual([]));

test.each([
  ['Identty', 'write Identity, or take it out'],
  ['FROM', 'write From, or take it out'],
  ['FROMEMAILADDRESS', 'write From, or take it out'],
  ['replyTo', 'write ReplyToEmailAddress, or take it out'],
  ['configurationSetName', 'write ConfigurationSet, or take it out'],
  ['region', 'write SesRegion, or take it out'],
  ['emailIdentity', 'write Identity, or take it out'],
  // Two of four letters are more than a third.
  ['Fxxm', 'write From, or take it out'],
  ['xxxm', 'take it out, or correct its spelling'],
  ['Colour', 'take it out, or correct its spelling'],
  ['', 'take it out, or correct its spelling'],
])('%j: %s', (name, step) => {
  expect(unknownPropertyProblems([name])).toEqual([`${name} is not a property of this type: ${step}.`]);
});

test('an endless name is not compared', () => {
  const near = (length: number) => `EmailSendingAccount${'x'.repeat(length - 19)}`;
  const compared = unknownPropertyProblems([near(24), near(101), 'x'.repeat(100)]);
  expect(compared.map((problem) => problem.includes('EmailSendingAccount, or take it out'))).toEqual([
    true,
    false,
    false,
  ]);
});

test.each([
  ['SOURCEARN', 'SOURCEARN is read-only: declare Identity (its name) and SesRegion (its Region).'],
  ['sesRegions', 'sesRegions is read-only: declare SesRegion.'],
  [
    'emailConfiguration',
    'emailConfiguration is not a property of this type: declare its members here, EmailSendingAccount, From, ReplyToEmailAddress and ConfigurationSet, and in place of SourceArn Identity and SesRegion.',
  ],
])('%s has a way of its own', (name, problem) => expect(unknownPropertyProblems([name])).toEqual([problem]));

test.each<[object, readonly string[]]>([
  [{}, []],
  [{ sourceArn: '' }, [sourceArn]],
  [{ sesRegions: [] }, [sesRegions]],
  [{ sourceArn: 'arn', sesRegions: ['eu-west-1'] }, [sourceArn, sesRegions]],
])('what is read-only is no part of a new setup: %j', (declared, problems) => {
  expect(readOnlyProblems(declared, create)).toEqual(problems);
  expect(readOnlyProblems(declared, { ...create, operation: 'update' })).toEqual([]);
});
