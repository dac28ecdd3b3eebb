import { setTimeout as sleep } from 'node:timers/promises';
import { type Question, unrelatedError } from '../question';
import { sourceArn } from '../test-account';

/** As long as the type itself waits until Cognito sees a new policy. */
const maxWaitMs = 120_000;
const pauseMs = 500;

export const grantVisible: Question = {
  id: 'grant-visible',
  asks: 'How long after SES has accepted a policy does Cognito see it?',
  meanwhile: 'The type waits two minutes for it, and answers `NotStabilized` after that.',
  command:
    'aws sesv2 create-email-identity-policy --region SES_REGION --email-identity IDENTITY --policy-name EmailSetupConformance-POOL --policy file://policy.json && time until aws cognito-idp update-user-pool --user-pool-id POOL --email-configuration EmailSendingAccount=COGNITO_DEFAULT,SourceArn=arn:aws:ses:SES_REGION:ACCOUNT:identity/ADDRESS; do sleep 1; done',
  probe: async (account) => {
    const { withPool, withSendingPolicies, update, from } = account;
    const unusable = await account.reasonUnusable();
    if (unusable !== undefined) return { why: unusable };
    return withPool((pool) =>
      withSendingPolicies(pool, async () => {
        const email = { EmailSendingAccount: 'COGNITO_DEFAULT', SourceArn: sourceArn(pool, account) };
        const settings = { EmailConfiguration: { ...email, ...(from && { From: from }) } };
        const acceptedAt = Date.now();
        for (;;) {
          const elapsed = Date.now() - acceptedAt;
          const error = await update(pool.id, settings);
          if (!error) {
            return elapsed < pauseMs
              ? { says: 'At once.', behaviours: { policyVisibleAfterMs: 0 } }
              : { says: `After about ${elapsed} ms.`, behaviours: { policyVisibleAfterMs: elapsed } };
          }
          if (error.name !== 'InvalidEmailRoleAccessPolicyException') return unrelatedError(error);
          if (elapsed > maxWaitMs) return { says: `Not within ${maxWaitMs / 1000} seconds.` };
          await sleep(pauseMs);
        }
      }),
    );
  },
};
