import { DescribeUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { CreateEmailIdentityCommand, GetAccountCommand, GetEmailIdentityCommand } from '@aws-sdk/client-sesv2';
import { type EmbeddedAws, startAws } from '../../emulator/index';
import { clientsOf } from './clients';

const region = 'eu-west-1';
/** Within jest the SDK wraps an error of Node's own and keeps only its words. */
const connectionLost = /socket hang up|ECONNRESET/;
let aws: EmbeddedAws;
beforeEach(async () => {
  aws = await startAws();
});
afterEach(() => aws.close());

const describe_ = (UserPoolId: string, where = region, account?: string) =>
  clientsOf(aws, where, aws.credentials(account)).cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
const account = (where = region, owner?: string) =>
  clientsOf(aws, where, aws.credentials(owner)).ses.send(new GetAccountCommand({}));

test('each service refuses strangers in its own way', async () => {
  for (const stranger of [{ accessKeyId: 'ASIANOBODY' }, { sessionToken: 'stale' }]) {
    const { cognito, ses } = clientsOf(aws, region, { ...aws.credentials(), ...stranger });
    const name = 'UnrecognizedClientException';
    await expect(cognito.send(new DescribeUserPoolCommand({ UserPoolId: 'a_b' }))).rejects.toMatchObject({
      name,
      message: 'The security token included in the request is invalid.',
      $metadata: { httpStatusCode: 400 },
    });
    await expect(ses.send(new GetAccountCommand({}))).rejects.toMatchObject({
      name,
      $metadata: { httpStatusCode: 403 },
    });
  }
  const wrong = clientsOf(aws, region, { ...aws.credentials(), secretAccessKey: 'wrong' }).ses;
  await expect(wrong.send(new GetAccountCommand({}))).rejects.toMatchObject({ name: 'InvalidSignatureException' });
  expect(aws.calls).toEqual([]);
});

test('every call of a known caller is in the journal, with what became of it', async () => {
  const id = aws.region(region).cognito.addPool();
  await describe_(id);
  await expect(describe_('eu-west-1_Gone')).rejects.toThrow();
  await account('us-east-1', '444455556666');
  expect(aws.calls).toMatchObject([
    { index: 0, service: 'cognito-idp', operation: 'DescribeUserPool', region, account: '111122223333', status: 200 },
    { index: 1, input: { UserPoolId: 'eu-west-1_Gone' }, status: 400, error: 'ResourceNotFoundException' },
    { index: 2, service: 'ses', operation: 'GetAccount', region: 'us-east-1', account: '444455556666', status: 200 },
  ]);
});

test('what the server does not know is refused and journalled', async () => {
  const { cognito, ses } = clientsOf(aws, region);
  const astray = new DescribeUserPoolCommand({ UserPoolId: 'a_b' });
  astray.middlewareStack.add(
    (next) => (args) => {
      const { headers } = args.request as { headers: Record<string, string> };
      headers['x-amz-target'] = 'AWSCognitoIdentityProviderService.Frobnicate';
      return next(args);
    },
    { step: 'build' },
  );
  await expect(cognito.send(astray)).rejects.toMatchObject({ name: 'UnknownOperationException' });
  const lost = new GetAccountCommand({});
  lost.middlewareStack.add(
    (next) => (args) => {
      Object.assign(args.request as object, { path: '/v2/email/nowhere' });
      return next(args);
    },
    { step: 'build' },
  );
  await expect(ses.send(lost)).rejects.toMatchObject({ name: 'UnknownOperationException' });
  expect(aws.calls.map(({ operation }) => operation)).toEqual(['Frobnicate', 'GET /v2/email/nowhere']);
});

test('a signed body that is no JSON is refused', async () => {
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

test('limits hold for each service, account and Region alone', async () => {
  aws.limits.ses = 1;
  await account();
  await expect(account()).rejects.toMatchObject({
    name: 'TooManyRequestsException',
    $metadata: { httpStatusCode: 429 },
  });
  await account('eu-west-2');
  await account(region, '444455556666');
  aws.limits.cognito = 1;
  const id = aws.region(region).cognito.addPool();
  await describe_(id);
  await expect(describe_(id)).rejects.toMatchObject({ name: 'TooManyRequestsException', message: 'Rate exceeded' });
});

test('interception may wait, sees the call before its effect, and afterCall sees it after', async () => {
  const id = aws.region(region).cognito.addPool();
  const seen: string[] = [];
  aws.intercept = async ({ operation }) => {
    await Promise.resolve();
    seen.push(`before ${operation}`);
    return undefined;
  };
  aws.afterCall = ({ operation, status }) => seen.push(`after ${operation} ${status}`);
  await describe_(id);
  expect(seen).toEqual(['before DescribeUserPool', 'after DescribeUserPool undefined']);
});

test('an answer is lost also where it is a refusal', async () => {
  aws.intercept = () => ({ kind: 'lost-answer' });
  await expect(describe_('eu-west-1_Gone')).rejects.toThrow(connectionLost);
  const { ses } = clientsOf(aws, region);
  const make = ses.send(new CreateEmailIdentityCommand({ EmailIdentity: 'example.com' }));
  await expect(make).rejects.toThrow(connectionLost);
  aws.intercept = undefined;
  const seen = await ses.send(new GetEmailIdentityCommand({ EmailIdentity: 'example.com' }));
  expect(seen).toMatchObject({ VerifiedForSendingStatus: false, VerificationStatus: 'PENDING' });
});

test('closing ends a call that hangs', async () => {
  const other = await startAws();
  const arrived = new Promise<void>((resolve) => {
    other.intercept = () => {
      resolve();
      return { kind: 'hang' };
    };
  });
  const hanging = expect(clientsOf(other, region).ses.send(new GetAccountCommand({}))).rejects.toThrow(connectionLost);
  await arrived;
  await other.close();
  await hanging;
});

test('an unsigned invocation reaches the function', async () => {
  aws.lambda = async (payload) => ({ echo: payload['action'] ?? null });
  const url = `${aws.url}/2015-03-31/functions/TypeFunction/invocations`;
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify({ action: 'READ' }) });
  expect([answer.status, await answer.json()]).toEqual([200, { echo: 'READ' }]);
});
