import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { GetAccountCommand } from '@aws-sdk/client-sesv2';
import { clientsFor } from '../../src/aws/clients';
import { timeoutsFrom } from '../../src/domain/timeouts';

const server = createServer((_, response) => response.end('{}'));
const open = () => new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)));

beforeAll(async () => {
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.env['AWS_ENDPOINT_URL'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  delete process.env['AWS_ENDPOINT_URL'];
  server.close();
  server.closeAllConnections();
});

test('calls of an invocation share a connection, which is gone soon after the last one', async () => {
  const clients = clientsFor({ accessKeyId: 'key', secretAccessKey: 'secret' }, 'eu-west-1', timeoutsFrom({}));
  for (const region of ['eu-west-1', 'us-east-1']) {
    await clients.cognito.send(new DescribeUserPoolCommand({ UserPoolId: 'eu-west-1_a' }));
    await clients.ses(region).send(new GetAccountCommand({}));
  }
  expect(await open()).toBe(1);
  await sleep(3000);
  expect(await open()).toBe(0);
});
