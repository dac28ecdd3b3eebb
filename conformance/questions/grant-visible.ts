import { setTimeout as sleep } from 'node:timers/promises';
import { type Question, unrelatedError } from '../question';
import { sourceArn } from '../test-account';

/** As long as the type itself waits for a fresh grant. */
const longestMs = 120_000;
const pauseMs = 500;

export const grantVisible: Question = {
  id: 'grant-visible',
  asks: 'How long after SES has accepted a policy does Cognito see it?',
  meanwhile: 'The type waits two minutes for it, and answers `NotStabilized` after that.',
  command:
    'aws sesv2 create-email-identity-policy --region SES_REGION --email-identity IDENTITY --policy-name EmailSetupConformance-POOL --policy file://policy.json && time until aws cognito-idp update-user-pool --user-pool-id POOL --email-configuration EmailSendingAccount=COGNITO_DEFAULT,SourceArn=arn:aws:ses:SES_REGION:ACCOUNT:identity/ADDRESS; do sleep 1; done',
  tryOut: async (sandbox) => {
    const { withPool, withGrant, update, from } = sandbox;
    const unusable = await sandbox.unusable();
    if (unusable !== undefined) return { why: unusable };
    return withPool((pool) =>
      withGrant(pool, async () => {
        const email = { EmailSendingAccount: 'COGNITO_DEFAULT', SourceArn: sourceArn(pool, sandbox) };
        const settings = { EmailConfiguration: { ...email, ...(from && { From: from }) } };
        const granted = Date.now();
        for (;;) {
          const asked = Date.now() - granted;
          const refused = await update(pool.id, settings);
          if (!refused) {
            return asked < pauseMs
              ? { says: 'At once.', mode: { grantVisibleAfterMs: 0 } }
              : { says: `After about ${asked} ms.`, mode: { grantVisibleAfterMs: asked } };
          }
          if (refused.name !== 'InvalidEmailRoleAccessPolicyException') return unrelatedError(refused);
          if (asked > longestMs) return { says: `Not within ${longestMs / 1000} seconds.` };
          await sleep(pauseMs);
        }
      }),
    );
  },
};
