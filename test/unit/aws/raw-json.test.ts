import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { cognitoOf } from '../../../src/aws/cognito';
import { demandJson } from '../../../src/aws/raw-json';
import { timeoutsFrom } from '../../../src/domain/timeouts';
import { updateRequest } from '../../../src/domain/user-pool/update-request';

const deadline = { timeouts: timeoutsFrom({}), until: Date.now() + 10_000 };
const arn = 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_a';
/** Settings as AWS might answer them, and as they must go back. */
const settings = `"Vault":{"Big":9007199254740993,"Least":-9223372036854775808,"Far":1e400,"Price":1.10,"Some":1E5},"constructor":{"a":1},"__proto__":{"b":2.0},"Nothing":{},"DcrConfiguration":{"Limit":12345678901234567890}`;

/** User pools of a Cognito that answers these texts, and the texts that it was sent. */
function scripted(answers: readonly string[], headers: Record<string, string> = {}) {
  const sent: string[] = [];
  const client = new CognitoIdentityProviderClient({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    requestHandler: {
      handle: async (request: { body: string }) => {
        sent.push(request.body);
        const body = Buffer.from(answers[sent.length - 1] ?? '{}');
        return { response: { statusCode: 200, headers, body } };
      },
    } as never,
  });
  const clients = { region: 'eu-west-1', cognito: demandJson(client), ses: () => undefined as never };
  return { cognito: cognitoOf(clients, deadline), sent };
}

test('settings that JavaScript would round or lose go back as they came', async () => {
  const { cognito, sent } = scripted([`{"UserPool":{"Id":"eu-west-1_a","Arn":"${arn}",${settings}}}`]);
  const pool = await cognito.describeUserPool('eu-west-1_a');
  if (pool.kind !== 'present') throw new Error('the pool is there');
  const body = updateRequest(pool.described, {
    emailConfiguration: { EmailSendingAccount: 'DEVELOPER' },
    tag: undefined,
    without: [],
  });
  await cognito.updateUserPool(body);
  expect(sent[1]).toBe(
    `{"UserPoolId":"eu-west-1_a",${settings},"EmailConfiguration":{"EmailSendingAccount":"DEVELOPER"},"UserPoolTags":{}}`,
  );
});

test.each([
  ['Tue, 24 Nov 2026 10:00:07 GMT', Date.UTC(2026, 10, 24, 10, 0, 7)],
  ['yesterday', undefined],
])('an update tells when it was answered: %s', async (date, when) => {
  const { cognito } = scripted(['{}'], { date });
  expect(await cognito.updateUserPool({ UserPoolId: 'eu-west-1_a' })).toBe(when);
});

test('an answer without a date tells none', async () => {
  expect(await scripted(['{}']).cognito.updateUserPool({ UserPoolId: 'eu-west-1_a' })).toBeUndefined();
});
