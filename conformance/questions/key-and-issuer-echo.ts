import type { JsonObject } from '../../src/domain/json';
import { type Question, unrelatedError } from '../question';

export const keyAndIssuerEcho: Question = {
  id: 'key-and-issuer-echo',
  asks: 'Does UpdateUserPool take `KeyConfiguration` and `IssuerConfiguration` back as DescribeUserPool answers them?',
  meanwhile:
    'Every new pool has both, and both are sent back. Where Cognito refuses one by name it is left out, once, and must be there unchanged afterwards.',
  command:
    'aws cognito-idp update-user-pool --user-pool-id POOL --key-configuration KeyType=AWS_OWNED_KEY --issuer-configuration Type=ORIGINAL',
  probe: ({ withPool, update, describe }) =>
    withPool(async ({ id }) => {
      const { KeyConfiguration, IssuerConfiguration } = await describe(id);
      if (!KeyConfiguration || !IssuerConfiguration) return { why: 'A new pool does not have both of them here.' };
      const said: string[] = [];
      for (const [member, value] of Object.entries({ KeyConfiguration, IssuerConfiguration })) {
        const error = await update(id, { [member]: value as JsonObject });
        if (error && !error.message.includes(member.replace('Configuration', ''))) return unrelatedError(error);
        said.push(`${member}: ${error ? `no (${error.name}: ${error.message})` : 'yes'}`);
      }
      return { says: `${said.join('; ')}.` };
    }),
};
