import { GetUserPoolMfaConfigCommand, SetUserPoolMfaConfigCommand } from '@aws-sdk/client-cognito-identity-provider';
import { trustedPrincipal } from '../../src/domain/plan/desired';
import { type Question, unrelatedError } from '../question';
import { refusal, sourceArn } from '../test-account';

export const defaultSenderWithEmailMfa: Question = {
  id: 'default-sender-with-email-mfa',
  asks: 'Does Cognito refuse `COGNITO_DEFAULT` for a pool with e-mail MFA, and in which words?',
  meanwhile: 'The type refuses it itself, before anything changes: mail for MFA would stop.',
  command:
    'aws cognito-idp update-user-pool --user-pool-id POOL_WITH_EMAIL_MFA --email-configuration EmailSendingAccount=COGNITO_DEFAULT',
  look: async ({ userPoolId, describe, cognito }) => {
    if (userPoolId === undefined) return { why: 'A pool with e-mail MFA might show it: --user-pool-id.' };
    const [{ EmailConfiguration }, { EmailMfaConfiguration }] = await Promise.all([
      describe(userPoolId),
      cognito.send(new GetUserPoolMfaConfigCommand({ UserPoolId: userPoolId })),
    ]);
    return EmailMfaConfiguration && EmailConfiguration?.EmailSendingAccount !== 'DEVELOPER'
      ? { says: `No: ${userPoolId} has both.`, mode: { defaultSenderWithEmailMfa: 'accept' } }
      : { why: `${userPoolId} does not have both, which says nothing.` };
  },
  tryOut: async (sandbox) => {
    const { withPool, withGrant, update, cognito, from, region, places } = sandbox;
    const unusable = await sandbox.unusable();
    if (unusable !== undefined) return { why: unusable };
    // Where DEVELOPER sends through the service-linked role, no policy is needed for it.
    const needsGrant = trustedPrincipal('DEVELOPER', region, places[0]?.region ?? '') !== undefined;
    return withPool((pool) => {
      const ask = async () => {
        const email = { EmailSendingAccount: 'DEVELOPER', SourceArn: sourceArn(pool, sandbox) };
        const first = await update(pool.id, { EmailConfiguration: { ...email, ...(from && { From: from }) } });
        if (first) return unrelatedError(first);
        const mfa = new SetUserPoolMfaConfigCommand({
          UserPoolId: pool.id,
          MfaConfiguration: 'OPTIONAL',
          EmailMfaConfiguration: { Message: 'Your code is {####}', Subject: 'Code' },
        });
        const second = await refusal(cognito.send(mfa));
        if (second) return unrelatedError(second);
        const refused = await update(pool.id, { EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' } });
        if (!refused) return { says: 'No.', mode: { defaultSenderWithEmailMfa: 'accept' } } as const;
        if (refused.name !== 'InvalidParameterException') return unrelatedError(refused);
        return { says: `Yes (${refused.message}).`, mode: { defaultSenderWithEmailMfa: 'refuse' } } as const;
      };
      return needsGrant ? withGrant(pool, ask) : ask();
    });
  },
};
