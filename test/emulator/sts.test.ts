import { createHash, createHmac } from 'node:crypto';
import { type EmbeddedAws, startAws } from '../../emulator/index';

let aws: EmbeddedAws;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.close());

/** A query call to STS, signed here by hand: the project has no client of STS. */
async function sts(action: string, secret = aws.credentials().secretAccessKey): Promise<[number, string]> {
  const { accessKeyId, sessionToken } = aws.credentials();
  const body = `Action=${action}&Version=2011-06-15`;
  const sha = (text: string) => createHash('sha256').update(text).digest('hex');
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const scope = '20260101/us-east-1/sts/aws4_request';
  const signed = {
    host: new URL(aws.url).host,
    'x-amz-date': '20260101T000000Z',
    'x-amz-security-token': sessionToken,
  };
  const names = Object.keys(signed).join(';');
  const lines = Object.entries(signed).map(([name, value]) => `${name}:${value}\n`);
  const canonical = ['POST', '/', '', lines.join(''), names, sha(body)].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', signed['x-amz-date'], scope, sha(canonical)].join('\n');
  const signature = hmac(scope.split('/').reduce<string | Buffer>(hmac, `AWS4${secret}`), toSign).toString('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  const { host: _, ...sent } = signed;
  const answer = await fetch(aws.url, { method: 'POST', body, headers: { ...sent, authorization } });
  return [answer.status, await answer.text()];
}

test('STS returns the caller and its credentials, and refuses other operations', async () => {
  expect(await sts('GetCallerIdentity')).toEqual([200, expect.stringContaining('<Account>111122223333</Account>')]);
  const { accessKeyId } = aws.credentials();
  expect(await sts('GetSessionToken')).toEqual([200, expect.stringContaining(`<AccessKeyId>${accessKeyId}<`)]);
  expect(await sts('AssumeRole')).toEqual([400, expect.stringContaining('<Code>InvalidAction</Code>')]);
  expect((await sts('GetCallerIdentity', 'wrong'))[1]).toContain('InvalidSignatureException');
});

test('the limit of Cognito does not apply to STS', async () => {
  aws.limits.cognito = 1;
  expect([await sts('GetCallerIdentity'), await sts('GetCallerIdentity')].map(([status]) => status)).toEqual([
    200, 200,
  ]);
});
