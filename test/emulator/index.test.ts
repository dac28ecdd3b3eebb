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

const describePool = (UserPoolId: string, where = region, account?: string) =>
  clientsOf(aws, where, aws.credentials(account)).cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
const account = (where = region, owner?: string) =>
  clientsOf(aws, where, aws.credentials(owner)).ses.send(new GetAccountCommand({}));

test('every call of a known caller is recorded, with its status', async () => {
  const id = aws.region(region).cognito.addPool();
  await describePool(id);
  await expect(describePool('eu-west-1_Gone')).rejects.toThrow();
  await account('us-east-1', '444455556666');
  expect(aws.calls).toMatchObject([
    { index: 0, service: 'cognito-idp', operation: 'DescribeUserPool', region, account: '111122223333', status: 200 },
    { index: 1, input: { UserPoolId: 'eu-west-1_Gone' }, status: 400, error: 'ResourceNotFoundException' },
    { index: 2, service: 'ses', operation: 'GetAccount', region: 'us-east-1', account: '444455556666', status: 200 },
  ]);
});

test('limits are counted for each service, account and Region', async () => {
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
  await describePool(id);
  await expect(describePool(id)).rejects.toMatchObject({ name: 'TooManyRequestsException', message: 'Rate exceeded' });
});

test('intercept may wait and is called before the effect of a call, afterCall after it', async () => {
  const id = aws.region(region).cognito.addPool();
  const seen: string[] = [];
  aws.intercept = async ({ operation }) => {
    await Promise.resolve();
    seen.push(`before ${operation}`);
    return undefined;
  };
  aws.afterCall = ({ operation, status }) => seen.push(`after ${operation} ${status}`);
  await describePool(id);
  expect(seen).toEqual(['before DescribeUserPool', 'after DescribeUserPool undefined']);
});

test('a lost answer may be an exception', async () => {
  aws.intercept = () => ({ kind: 'lost-answer' });
  await expect(describePool('eu-west-1_Gone')).rejects.toThrow(connectionLost);
  const { ses } = clientsOf(aws, region);
  const create = ses.send(new CreateEmailIdentityCommand({ EmailIdentity: 'example.com' }));
  await expect(create).rejects.toThrow(connectionLost);
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

test('one call a second is let through', async () => {
  aws.limits.ses = 1;
  await account();
  await expect(account()).rejects.toMatchObject({ name: 'TooManyRequestsException' });
});
