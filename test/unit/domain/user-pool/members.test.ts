import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isEchoed, isKnownUpdateMember } from '../../../../src/domain/user-pool/members';

/** The members of a type, read from the declarations that come with the SDK. */
function membersOf(type: string): readonly string[] {
  const folder = join(
    dirname(require.resolve('@aws-sdk/client-cognito-identity-provider/package.json')),
    'dist-types',
    'models',
  );
  const files = readdirSync(folder).filter((name) => name.endsWith('.d.ts'));
  const text = files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
  const body = new RegExp(`interface ${type} \\{([\\s\\S]*?)\\n\\}`).exec(text)?.[1] ?? '';
  return [...body.matchAll(/^ {4}(\w+)\??:/gm)].map(([, member]) => String(member));
}

// Cognito's own, which no update takes; Id and Name go back as UserPoolId and PoolName.
const notSentBack = `Id Name Status LastModifiedDate CreationDate SchemaAttributes AliasAttributes UsernameAttributes
  UsernameConfiguration EstimatedNumberOfUsers SmsConfigurationFailure EmailConfigurationFailure Domain CustomDomain
  Arn`.split(/\s+/);

test('every member of a described pool is sent back or known to be read-only', () => {
  const members = membersOf('UserPoolType');
  expect(members.length).toBeGreaterThan(30);
  const sentBack = members.filter((member) => isEchoed(member) && isKnownUpdateMember(member));
  expect([...sentBack, ...notSentBack].sort()).toEqual([...members].sort());
});

test('every member of an update is known', () => {
  const members = membersOf('UpdateUserPoolRequest');
  expect(members).toHaveLength(25);
  expect(members.filter((member) => !isKnownUpdateMember(member))).toEqual([]);
});

test('a member that no SDK knows is sent back', () => {
  expect(isEchoed('PasskeyVault')).toBe(true);
  expect(isKnownUpdateMember('PasskeyVault')).toBe(false);
});
