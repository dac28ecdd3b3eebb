import { DescribeUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { GetAccountCommand } from '@aws-sdk/client-sesv2';
import { type EmbeddedAws, startAws } from '../../emulator/index';
import { clientsOf } from './clients';

const region = 'eu-west-1';
let aws: EmbeddedAws;
beforeEach(async () => {
  aws = await startAws();
});
afterEach(() => aws.close());

test('an unknown operation is refused, and recorded as a call', async () => {
  const { cognito, ses } = clientsOf(aws, region);
  const unknownTarget = new DescribeUserPoolCommand({ UserPoolId: 'a_b' });
  unknownTarget.middlewareStack.add(
    (next) => (args) => {
      const { headers } = args.request as { headers: Record<string, string> };
      headers['x-amz-target'] = 'AWSCognitoIdentityProviderService.Frobnicate';
      return next(args);
    },
    { step: 'build' },
  );
  await expect(cognito.send(unknownTarget)).rejects.toMatchObject({ name: 'UnknownOperationException' });
  const unknownPath = new GetAccountCommand({});
  unknownPath.middlewareStack.add(
    (next) => (args) => {
      Object.assign(args.request as object, { path: '/v2/email/nowhere' });
      return next(args);
    },
    { step: 'build' },
  );
  await expect(ses.send(unknownPath)).rejects.toMatchObject({ name: 'UnknownOperationException' });
  expect(aws.calls.map(({ operation }) => operation)).toEqual(['Frobnicate', 'GET /v2/email/nowhere']);
});

test('a signed body that is not JSON is refused', async () => {
  const broken = new DescribeUserPoolCommand({ UserPoolId: 'a_b' });
  broken.middlewareStack.add(
    (next) => (args) => {
      Object.assign(args.request as object, { body: '{"UserPoolId":' });
      return next(args);
    },
    { step: 'build', priority: 'high' },
  );
  await expect(clientsOf(aws, region).cognito.send(broken)).rejects.toMatchObject({ name: 'SerializationException' });
});
