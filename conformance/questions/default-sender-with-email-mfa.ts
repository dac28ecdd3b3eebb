import { GetUserPoolMfaConfigCommand, SetUserPoolMfaConfigCommand } from '@aws-sdk/client-cognito-identity-provider';
import { trustedPrincipal } from '../../src/domain/plan/desired';
import { awsErrorOf } from '../aws-error';
import { type Question, unrelatedError } from '../question';
import { sourceArn } from '../test-account';

export const defaultSenderWithEmailMfa: Question = {
  id: 'default-sender-with-email-mfa',
  asks: 'Does Cognito refuse `COGNITO_DEFAULT` for a pool with e-mail MFA, and in which words?',
  meanwhile: 'The type refuses it itself, before anything changes: mail for MFA would stop.',
  command:
    'aws cognito-idp update-user-pool --user-pool-id POOL_WITH_EMAIL_MFA --email-configuration EmailSendingAccount=COGNITO_DEFAULT',
  read: async ({ userPoolId, describe, cognito }) => {
    if (userPoolId === undefined) return { why: 'A pool with e-mail MFA might show it: --user-pool-id.' };
    const [{ EmailConfiguration }, { EmailMfaConfiguration }] = await Promise.all([
      describe(userPoolId),
      cognito.send(new GetUserPoolMfaConfigCommand({ UserPoolId: userPoolId })),
    ]);
    return EmailMfaConfiguration && EmailConfiguration?.EmailSendingAccount !== 'DEVELOPER'
      ? { says: `No: ${userPoolId} has both.`, behaviours: { defaultSenderWithEmailMfa: 'accept' } }
      : { why: `${userPoolId} does not have both, which says nothing.` };
  },
  probe: async (account) => {
    const { withPool, withSendingPolicies, update, cognito, from, region, identities } = account;
    const unusable = await account.reasonUnusable();
    if (unusable !== undefined) return { why: unusable };
    // Where DEVELOPER sends through the service-linked role, no policy is needed for it.
    const needsPolicy = trustedPrincipal('DEVELOPER', region, identities[0]?.region ?? '') !== undefined;
    return withPool((pool) => {
      const ask = async () => {
        const email = { EmailSendingAccount: 'DEVELOPER', SourceArn: sourceArn(pool, account) };
        const first = await update(pool.id, { EmailConfiguration: { ...email, ...(from && { From: from }) } });
        if (first) return unrelatedError(first);
        const mfa = new SetUserPoolMfaConfigCommand({
          UserPoolId: pool.id,
          MfaConfiguration: 'OPTIONAL',
          EmailMfaConfiguration: { Message: 'Your code is {####}', Subject: 'Code' },
        });
        const second = await awsErrorOf(cognito.send(mfa));
        if (second) return unrelatedError(second);
        const error = await update(pool.id, { EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' } });
        if (!error) return { says: 'No.', behaviours: { defaultSenderWithEmailMfa: 'accept' } } as const;
        if (error.name !== 'InvalidParameterException') return unrelatedError(error);
        return { says: `Yes (${error.message}).`, behaviours: { defaultSenderWithEmailMfa: 'refuse' } } as const;
      };
      return needsPolicy ? withSendingPolicies(pool, ask) : ask();
    });
  },
};
