import type { Declaration } from '../../../../src/domain/declaration/declaration';
import { wellTyped } from '../../../../src/domain/declaration/well-typed';

const good: Declaration = { userPoolId: 'eu-west-1_A', emailSendingAccount: 'DEVELOPER' };
const declaring = (change: object) => ({ ...good, ...change });

describe('what is typed', () => {
  test('stays as it is; what is absent, null or read-only is left out', () => {
    const all = { ...good, from: 'a@example.com', allowSandbox: false, verificationTimeoutMinutes: 0 };
    const absent = { identity: undefined, sesRegion: null, sourceArn: 'arn', sesRegions: [], unknown: 'x' };
    expect(wellTyped({ ...all, ...absent })).toEqual({ declaration: all, problems: [] });
  });
  test.each<[string, object, string]>([
    ['a list', { from: ['a'] }, 'From is ["a"]: write a string.'],
    ['a text for a truth', { allowSandbox: 'yes' }, 'AllowSandbox is "yes": write true or false.'],
    [
      'a text for a number',
      { verificationTimeoutMinutes: 'soon' },
      'VerificationTimeoutMinutes is "soon": write a whole number.',
    ],
    ['a number for a text', { userPoolId: 1 }, 'UserPoolId is 1: write a string.'],
    ['an empty text', { from: '' }, 'From is empty: leave it out (AWS::NoValue), or write a value.'],
    ['an empty truth', { takeOver: '' }, 'TakeOver is empty: leave it out (AWS::NoValue), or write a value.'],
    ['a long text', { revision: 'x'.repeat(129) }, 'Revision has 129 characters: write at most 128.'],
  ])('is not %s', (_name, change, problem) => {
    const { declaration, problems } = wellTyped(declaring(change));
    expect(problems).toEqual([{ property: problem.split(' ')[0], message: problem }]);
    expect(Object.keys(declaration)).toEqual(Object.keys(good).filter((member) => !Object.hasOwn(change, member)));
  });
  test('is judged by a rule of its own where it must be there', () => {
    const change = { userPoolId: '', emailSendingAccount: 'x'.repeat(3000) };
    expect(wellTyped(change)).toEqual({ declaration: change, problems: [] });
  });
  test('may be as long as the schema says', () => {
    expect(wellTyped(declaring({ revision: 'x'.repeat(128) })).problems).toEqual([]);
  });
});
