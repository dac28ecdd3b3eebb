import { App, CfnOutput, CfnResource, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import type { JsonObject } from '../../emulator/types';
import { type Construct, packedConstruct, setupIn, setupOf, synthesise } from '../support/construct';
import { expectFailure, startTestHarness } from '../support/harness';

const poolId = 'eu-west-1_AbCdEf123';
const good = { emailSendingAccount: 'DEVELOPER', identity: 'no-reply@example.com' };

let EmailSetup: Construct;
beforeAll(() => {
  EmailSetup = packedConstruct();
}, 120_000);

const declare = (props: object, region?: string, id = poolId) => setupOf(EmailSetup, id, props, region);

test('declares the type with exactly the properties that are given', () => {
  const others = {
    sesRegion: 'us-east-1',
    replyToEmailAddress: 'help@example.com',
    configurationSet: 'mail',
    allowSandbox: false,
    verificationTimeoutMinutes: 0,
    takeOver: true,
    revision: '7',
  };
  const { stack } = declare({ ...good, identity: 'example.com', from: 'A <a@example.com>', ...others }, 'eu-west-1');
  expect(setupIn(synthesise(stack))).toEqual({
    Type: 'Org::Cognito::EmailSetup',
    Properties: {
      UserPoolId: poolId,
      EmailSendingAccount: 'DEVELOPER',
      Identity: 'example.com',
      SesRegion: 'us-east-1',
      From: 'A <a@example.com>',
      ReplyToEmailAddress: 'help@example.com',
      ConfigurationSet: 'mail',
      AllowSandbox: false,
      VerificationTimeoutMinutes: 0,
      TakeOver: true,
      Revision: '7',
    },
  });
});

test('what is left out, or undefined, is not in the template', () => {
  const { stack } = declare({ emailSendingAccount: 'COGNITO_DEFAULT', identity: undefined, sesRegion: undefined });
  const Properties = { UserPoolId: poolId, EmailSendingAccount: 'COGNITO_DEFAULT' };
  expect(setupIn(synthesise(stack))).toEqual({ Type: 'Org::Cognito::EmailSetup', Properties });
});

test('a pool of the same stack, a removal policy, and a dependency', () => {
  const stack = new Stack(new App(), 'Stack');
  const userPool = new UserPool(stack, 'Pool');
  const identity = new CfnResource(stack, 'Identity', {
    type: 'AWS::SES::EmailIdentity',
    properties: { EmailIdentity: 'no-reply@example.com' },
  });
  const email = new EmailSetup(stack, 'Email', {
    userPool,
    emailSendingAccount: 'DEVELOPER',
    identity: 'no-reply@example.com',
  });
  email.applyRemovalPolicy(RemovalPolicy.RETAIN);
  email.node.addDependency(identity);
  expect(setupIn(synthesise(stack))).toEqual({
    Type: 'Org::Cognito::EmailSetup',
    Properties: {
      UserPoolId: stack.resolve(userPool.userPoolId),
      EmailSendingAccount: 'DEVELOPER',
      Identity: 'no-reply@example.com',
    },
    DependsOn: ['Identity'],
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
  });
});

test('attributes are tokens, in this stack and in another', () => {
  const { stack, email } = declare(good);
  const logicalId = stack.getLogicalId(email.node.defaultChild as CfnResource);
  const other = new Stack(stack.node.root as App, 'Other');
  new CfnOutput(stack, 'Ref', { value: email.ref });
  new CfnOutput(stack, 'Arn', { value: email.sourceArn });
  new CfnOutput(stack, 'Region', { value: Fn.select(0, email.sesRegions) });
  new CfnResource(other, 'Topic', {
    type: 'AWS::SNS::Topic',
    properties: { DisplayName: Fn.join(' ', email.sesRegions) },
  });
  const { Outputs } = synthesise(stack);
  const regions = { 'Fn::GetAtt': [logicalId, 'SesRegions'] };
  expect(Outputs).toMatchObject({
    Ref: { Value: { Ref: logicalId } },
    Arn: { Value: { 'Fn::GetAtt': [logicalId, 'SourceArn'] } },
    Region: { Value: { 'Fn::Select': [0, regions] } },
  });
  expect(Object.values(Outputs)).toContainEqual(
    expect.objectContaining({ Value: { 'Fn::Join': ['||', regions] }, Export: expect.anything() }),
  );
});

test('synthesis refuses all at once what the type refuses, in its own words', async () => {
  const bad = {
    emailSendingAccount: 'DEVELOPER',
    identity: 'arn:aws:ses:eu-west-1:111122223333:identity/example.com',
    sesRegion: 'eu-central-1',
    from: 'Example, Inc. <no-reply@example.com>',
    replyToEmailAddress: 'Help <help@example.com>',
    verificationTimeoutMinutes: 1000,
  };
  const { stack, email } = declare(bad, 'eu-west-1', 'pool');
  const problems = email.node.validate();
  expect(problems).toHaveLength(6);
  expect(() => synthesise(stack)).toThrow(problems.join('\n  [Stack/Email] '));

  const harness = await startTestHarness();
  const properties = { ...wire(bad), UserPoolId: 'pool' };
  try {
    const message = await expectFailure(harness, 'eu-west-1', { action: 'CREATE', properties }, 'InvalidRequest');
    expect(message).toBe(problems.join(' '));
  } finally {
    await harness.close();
  }
});

test('a property that the type does not have is named, with the one that is meant', () => {
  const { email } = declare({ ...good, identitty: 'example.com', constructor: 'x', sourceArn: 'arn:x' });
  expect(email.node.validate()).toEqual([
    'identitty is not a property of this type: write Identity, or take it out.',
    'constructor is not a property of this type: take it out, or correct its spelling.',
    'sourceArn is read-only: declare Identity (its name) and SesRegion (its Region).',
  ]);
});

/** Properties as a template has them. */
function wire(props: object): JsonObject {
  const named = Object.entries(props).map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value]);
  return Object.fromEntries(named);
}
