import { CreateEmailIdentityPolicyCommand, GetEmailIdentityCommand } from '@aws-sdk/client-sesv2';
import { type EmbeddedAws, startAws } from '../../emulator/index';
import type { Fault } from '../../emulator/types';
import { clientsOf, sendingPolicy } from './clients';

const region = 'eu-west-1';
let aws: EmbeddedAws;
beforeEach(async () => {
  aws = await startAws();
  aws.region(region).ses.addIdentity('example.com');
});
afterEach(() => aws.close());

const ses = () => clientsOf(aws, region).ses;
const getIdentity = () => ses().send(new GetEmailIdentityCommand({ EmailIdentity: 'example.com' }));
const createPolicy = () => {
  const arn = `arn:aws:ses:${region}:111122223333:identity/example.com`;
  const Policy = sendingPolicy('email.cognito-idp.amazonaws.com', arn, 'arn:aws:cognito-idp:::a');
  return ses().send(new CreateEmailIdentityPolicyCommand({ EmailIdentity: 'example.com', PolicyName: 'a', Policy }));
};

test.each<[Fault, object]>([
  [
    { kind: 'error', status: 429, name: 'TooManyRequestsException', message: 'slow down' },
    { name: 'TooManyRequestsException' },
  ],
  [{ kind: 'reset' }, { message: expect.stringMatching(/hang up|ECONNRESET/) }],
  [{ kind: 'malformed', status: 503, contentType: 'text/html', body: '<html>' }, { name: 'SyntaxError' }],
])('%j has no effect', async (fault, error) => {
  aws.intercept = () => fault;
  await expect(createPolicy()).rejects.toMatchObject(error);
  aws.intercept = undefined;
  expect((await getIdentity()).Policies).toEqual({});
});

test('a lost answer has its effect', async () => {
  aws.intercept = () => ({ kind: 'lost-answer' });
  await expect(createPolicy()).rejects.toThrow(/hang up|ECONNRESET/);
  aws.intercept = undefined;
  expect((await getIdentity()).Policies).toHaveProperty('a');
});

test('a hanging call is never answered, a delayed one late', async () => {
  aws.intercept = () => ({ kind: 'hang' });
  const hanging = ses().send(new GetEmailIdentityCommand({ EmailIdentity: 'example.com' }), {
    abortSignal: AbortSignal.timeout(80),
  });
  await expect(hanging).rejects.toMatchObject({ name: 'AbortError' });
  aws.intercept = () => ({ kind: 'delay', ms: 60 });
  const started = performance.now();
  await getIdentity();
  expect(performance.now() - started).toBeGreaterThan(50);
});
