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

test('each service refuses unknown callers in its own way', async () => {
  for (const unknown of [{ accessKeyId: 'ASIANOBODY' }, { sessionToken: 'stale' }]) {
    const { cognito, ses } = clientsOf(aws, region, { ...aws.credentials(), ...unknown });
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

test('Regions and accounts have a state of their own, and only known access keys are accepted', async () => {
  const id = aws.region(region).cognito.addPool();
  const describe = new DescribeUserPoolCommand({ UserPoolId: id });
  await expect(clientsOf(aws, region).cognito.send(describe)).resolves.toMatchObject({ UserPool: { Id: id } });
  await expect(clientsOf(aws, 'eu-west-2').cognito.send(describe)).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  const other = clientsOf(aws, region, aws.credentials('444455556666')).cognito;
  await expect(other.send(describe)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  const unknown = clientsOf(aws, region, { ...aws.credentials(), accessKeyId: 'ASIANOBODY' }).cognito;
  await expect(unknown.send(describe)).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
});

test('a body that is changed after signing is noticed', async () => {
  const id = aws.region(region).cognito.addPool();
  const command = new DescribeUserPoolCommand({ UserPoolId: id });
  command.middlewareStack.add(
    (next) => (args) => {
      Object.assign(args.request as object, { body: JSON.stringify({ UserPoolId: id.replace('Pool', 'Loop') }) });
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low', name: 'exchange' },
  );
  await expect(clientsOf(aws, region).cognito.send(command)).rejects.toMatchObject({
    name: 'InvalidSignatureException',
  });
});
