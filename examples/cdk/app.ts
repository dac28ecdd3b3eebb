import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { EmailSetup } from 'org-cognito-emailsetup-cdk';

// With a Region the synthesis can tell whether SES in `sesRegion` may serve the pool.
const { CDK_DEFAULT_ACCOUNT: account = '', CDK_DEFAULT_REGION: region = '' } = process.env;
const stack = new Stack(new App(), 'Customers', { env: { account, region } });

const userPool = new UserPool(stack, 'UserPool', { selfSignUpEnabled: true, signInAliases: { email: true } });

const email = new EmailSetup(stack, 'Email', {
  userPool,
  emailSendingAccount: 'DEVELOPER', // your own SES and its quotas
  identity: 'example.com', // verified in SES
  from: '"Example, Inc." <no-reply@example.com>',
  replyToEmailAddress: 'help@example.com',
});

new CfnOutput(stack, 'SourceArn', { value: email.sourceArn });
