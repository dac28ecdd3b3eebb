import type { JsonObject } from '../../src/domain/json';
import { type Question, unrelatedError } from '../question';

export const keyAndIssuerEcho: Question = {
  id: 'key-and-issuer-echo',
  asks: 'Does UpdateUserPool take `KeyConfiguration` and `IssuerConfiguration` back as DescribeUserPool answers them?',
  meanwhile:
    'Every new pool has both, and both are sent back. Where Cognito refuses one by name it is left out, once, and must be there unchanged afterwards.',
  command:
    'aws cognito-idp update-user-pool --user-pool-id POOL --key-configuration KeyType=AWS_OWNED_KEY --issuer-configuration Type=ORIGINAL',
  tryOut: ({ withPool, update, describe }) =>
    withPool(async ({ id }) => {
      const { KeyConfiguration, IssuerConfiguration } = await describe(id);
      if (!KeyConfiguration || !IssuerConfiguration) return { why: 'A new pool does not have both of them here.' };
      const said: string[] = [];
      for (const [member, value] of Object.entries({ KeyConfiguration, IssuerConfiguration })) {
        const refused = await update(id, { [member]: value as JsonObject });
        if (refused && !refused.message.includes(member.replace('Configuration', ''))) return unrelatedError(refused);
        said.push(`${member}: ${refused ? `no (${refused.name}: ${refused.message})` : 'yes'}`);
      }
      return { says: `${said.join('; ')}.` };
    }),
};
