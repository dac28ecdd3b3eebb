import { type Question, unrelatedError } from '../question';

const member = 'EmailSetupConformance';

export const unknownMembers: Question = {
  id: 'unknown-members',
  asks: 'Does UpdateUserPool take members that its API does not know?',
  meanwhile:
    'Settings newer than the SDK are sent back as they were described; one that is refused by name is left out, once.',
  // The CLI drops or refuses such a member itself, so the request is signed by curl.
  command: `curl --aws-sigv4 aws:amz:REGION:cognito-idp --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" -H "x-amz-security-token: $AWS_SESSION_TOKEN" -H 'x-amz-target: AWSCognitoIdentityProviderService.UpdateUserPool' -H 'content-type: application/x-amz-json-1.1' -d '{"UserPoolId":"POOL","${member}":"1"}' https://cognito-idp.REGION.amazonaws.com`,
  probe: ({ withPool, update }) =>
    withPool(async ({ id }) => {
      const error = await update(id, { [member]: '1' });
      if (!error) return { says: 'Yes.', behaviours: { unknownMembers: 'accept' } };
      if (!error.message.includes(member) && error.name !== 'SerializationException') return unrelatedError(error);
      return { says: `No (${error.name}: ${error.message}).`, behaviours: { unknownMembers: 'refuse' } };
    }),
};
