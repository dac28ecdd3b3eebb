import {
  DeleteEmailIdentityPolicyCommand,
  GetEmailIdentityCommand,
  UpdateEmailIdentityPolicyCommand,
} from '@aws-sdk/client-sesv2';
import { parsePoolArn } from '../../src/domain/arn';
import { sendingPolicy } from '../../src/domain/sending-policy';
import { astray, type Question } from '../question';
import { refusal } from '../sandbox';

export const absentPolicy: Question = {
  id: 'absent-policy',
  asks: 'What does SES do with the update, and with the deletion, of a policy that is not there?',
  meanwhile: 'Success and NotFoundException both mean "gone"; an update is read back, and a missing policy created.',
  command:
    'aws sesv2 delete-email-identity-policy --region SES_REGION --email-identity IDENTITY --policy-name EmailSetupConformance-absent',
  tryOut: async ({ places: [place], ses, unusable, withPool }) => {
    const problem = await unusable();
    if (problem !== undefined || !place) return { why: problem ?? 'There is no identity to ask about.' };
    return withPool(async ({ id, arn }) => {
      const pool = parsePoolArn(arn);
      if (!pool) return { why: `${arn} is not the ARN of a user pool.` };
      const client = ses(place.region);
      const named = { EmailIdentity: place.identity, PolicyName: `EmailSetupConformance-${id}` };
      const Policy = sendingPolicy(pool, place.region, place.identity, 'email.cognito-idp.amazonaws.com');
      const update = await refusal(client.send(new UpdateEmailIdentityPolicyCommand({ ...named, Policy })));
      const { Policies = {} } = await client.send(new GetEmailIdentityCommand({ EmailIdentity: place.identity }));
      const created = named.PolicyName in Policies;
      const remove = () => refusal(client.send(new DeleteEmailIdentityPolicyCommand(named)));
      if (created) await remove();
      const removal = await remove();
      for (const refused of [update, removal]) {
        if (refused && refused.name !== 'NotFoundException') return astray(refused);
      }
      const updated = update ? 'NotFoundException' : created ? 'creates it' : 'success, without effect';
      const says = `Update: ${updated}; deletion: ${removal ? 'NotFoundException' : 'success'}.`;
      if (created || Boolean(update) !== Boolean(removal)) return { says };
      return { says, mode: { absentPolicy: update ? 'not-found' : 'succeed' } };
    });
  },
};
