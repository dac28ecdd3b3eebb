// The calls that a Create as DEVELOPER makes, in the same steps, by the SDK alone: what is beyond this is ours.
const cognito = require('@aws-sdk/client-cognito-identity-provider');
const ses = require('@aws-sdk/client-sesv2');

exports.entrypoint = async ({
  region,
  requestData: { callerCredentials: credentials, resourceProperties: wanted },
}) => {
  const pools = new cognito.CognitoIdentityProviderClient({ region, credentials, maxAttempts: 1 });
  const { requestHandler } = pools.config;
  const mail = new ses.SESv2Client({ region, credentials, maxAttempts: 1, requestHandler });
  const { UserPoolId, Identity, From, ConfigurationSet } = wanted;
  const describe = () => pools.send(new cognito.DescribeUserPoolCommand({ UserPoolId }));
  const [{ UserPool }] = await Promise.all([
    describe(),
    mail.send(new ses.GetEmailIdentityCommand({ EmailIdentity: Identity })),
    mail.send(new ses.GetAccountCommand({})),
    mail.send(new ses.GetConfigurationSetCommand({ ConfigurationSetName: ConfigurationSet })),
  ]);
  const { Policies, VerificationMessageTemplate, AdminCreateUserConfig, AccountRecoverySetting, Arn } = UserPool;
  const SourceArn = Arn.replace(/:cognito-idp:(.*):userpool.*/, `:ses:$1:identity/${Identity}`);
  const EmailConfiguration = { EmailSendingAccount: 'DEVELOPER', SourceArn, From, ConfigurationSet };
  const kept = { VerificationMessageTemplate, AccountRecoverySetting, Policies };
  const { AllowAdminCreateUserOnly } = AdminCreateUserConfig;
  const changed = { ...kept, AdminCreateUserConfig: { AllowAdminCreateUserOnly }, EmailConfiguration };
  await pools.send(new cognito.UpdateUserPoolCommand({ UserPoolId, ...changed }));
  await describe();
  return { status: 'SUCCESS' };
};
