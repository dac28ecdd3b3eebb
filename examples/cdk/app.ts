import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { EmailSetup } from 'org-cognito-emailsetup-cdk';

// With a Region, synthesis can tell whether SES in `sesRegion` may serve the pool.
const env = { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION };
const stack = new Stack(new App(), 'Customers', { env });

const userPool = new UserPool(stack, 'UserPool', { selfSignUpEnabled: true, signInAliases: { email: true } });

const email = new EmailSetup(stack, 'Email', {
  userPool,
  emailSendingAccount: 'DEVELOPER', // your own SES and its quotas
  identity: 'example.com', // verified in SES
  from: '"Example, Inc." <no-reply@example.com>',
  replyToEmailAddress: 'help@example.com',
});

new CfnOutput(stack, 'SourceArn', { value: email.sourceArn });
