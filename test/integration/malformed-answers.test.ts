import type { ProgressEvent } from '../../emulator/cloudformation/types';
import type { Call, Fault, JsonObject } from '../../emulator/types';
import { runCases, runConcurrently } from '../support/concurrency';
import { difference } from '../support/findings';
import { type MultiAccountHarness, startMultiAccountHarness } from '../support/multi-account-harness';
import { record } from '../support/reliability';
import { type Scenario, scenarios } from '../support/scenarios';

let harness: MultiAccountHarness;
beforeAll(async () => {
  // Here retries end within one invocation: how an answer is read does not depend on the number of invocations.
  harness = await startMultiAccountHarness(4800, 2400);
});
afterAll(() => harness.close());

/** Answers with status 200 that no operation of AWS gives, or that lack what they are for. */
const anyBody = ['', 'null', '[]', '"text"', '{', '<html><body>Proxy</body></html>'];
const bodies: Readonly<Record<string, readonly string[]>> = {
  DescribeUserPool: [
    '{}',
    '{"UserPool":null}',
    '{"UserPool":{}}',
    '{"UserPool":[]}',
    '{"UserPool":{"Id":"x","Arn":null}}',
    '{"UserPool":{"Id":"x","Arn":"arn:aws:cognito-idp:::"}}',
  ],
  GetUserPoolMfaConfig: ['{}', '{"MfaConfiguration":null}'],
  GetEmailIdentity: ['{}', '{"VerifiedForSendingStatus":null}', '{"Policies":{},"Tags":[]}'],
  GetAccount: ['{}', '{"ProductionAccessEnabled":true}', '{"SendingEnabled":null,"ProductionAccessEnabled":null}'],
  GetConfigurationSet: ['{}', '{"SendingOptions":{}}'],
  ListUserPools: ['{}', '{"UserPools":null}'],
};
const isRead = (operation: string) => /^(Get|Describe|List)/.test(operation);

interface MalformedAnswerCase {
  readonly scenario: Scenario;
  readonly operation: string;
  readonly body: string;
  readonly contentType: string;
  readonly declared: string;
}

async function allCases(): Promise<MalformedAnswerCase[]> {
  const cases = await runConcurrently(scenarios, 8, async (scenario) => {
    const testCase = await harness.prepare(scenario);
    await testCase.run(testCase.operation);
    const declared = testCase.normalizedSnapshot();
    return [...new Set(testCase.calls().map(({ operation }) => operation))].flatMap((operation) =>
      [...anyBody, ...(bodies[operation] ?? [])].map((body) => {
        const contentType = body.startsWith('<') ? 'text/html' : 'application/json';
        return { scenario, operation, body, contentType, declared };
      }),
    );
  });
  return cases.flat();
}

const answering = ({ operation, body, contentType }: MalformedAnswerCase, times: number) => {
  let count = 0;
  return (call: Call): Fault | undefined => {
    if (call.operation !== operation) return undefined;
    count += 1;
    return count > times ? undefined : { kind: 'malformed', status: 200, contentType, body };
  };
};

test('a malformed answer is asked for again, and never believed', async () => {
  const cases = await allCases();
  const findings = await runCases(harness.stallDetector, cases, 60, async (one) => {
    const { scenario, operation, body, declared } = one;
    const name = `${scenario.name}: ${operation} answers ${JSON.stringify(body)}`;
    const once = await harness.prepare(scenario);
    const [passed] = (await once.run(once.operation, { faultPlan: answering(one, 1) })).slice(-1) as [ProgressEvent];
    const wrong = [
      ...(passed.status === 'SUCCESS' ? [] : [`${name} once: ${passed.errorCode} ${passed.message}`]),
      ...(once.normalizedSnapshot() === declared
        ? []
        : [`${name} once: ${difference(declared, once.normalizedSnapshot())}`]),
    ];
    if (!isRead(operation)) return wrong;
    // For ever, from the first call on: nothing may be written because of such an answer.
    const forEver = await harness.prepare(scenario);
    const before = forEver.snapshot();
    const answers = await forEver.run(forEver.operation, { faultPlan: answering(one, Number.POSITIVE_INFINITY) });
    const [last] = answers.slice(-1) as [ProgressEvent];
    const coded = last.errorCode === 'ServiceInternalError' && last.message?.includes(operation);
    return [
      ...wrong,
      ...(coded ? [] : [`${name} for ever: ${last.status} ${last.errorCode} ${last.message}`]),
      ...(forEver.snapshot() === before ? [] : [`${name}: ${difference(before, forEver.snapshot())}`]),
    ];
  });
  expect(findings).toEqual([]);
  record('bad answers', cases.length, 'empty, null, a list, cut off, HTML, members missing or null: at each operation');
}, 120_000);

const alternate = scenarios.find(({ name }) => name.startsWith('update in me-central-1: DEVELOPER')) as Scenario;

/** Puts a text in place of our policy on the identity that the pool sends with. */
async function withPolicy(change: (policy: JsonObject) => string) {
  const testCase = await harness.prepare(alternate);
  const { policies } =
    harness.aws.region('eu-central-1', testCase.account).ses.identities.get('no-reply@example.com') ?? {};
  const [[name, text]] = [...(policies ?? [])].filter(([key]) => key.startsWith('EmailSetup-')) as [[string, string]];
  policies?.set(name, change(JSON.parse(text)));
  return { testCase, text: () => policies?.get(name) };
}

test.each([
  ['no JSON at all', () => 'not json'],
  ['an empty text', () => ''],
  ['JSON of another kind', () => '[1]'],
  ['a policy without statements', () => '{"Version":"2012-10-17"}'],
  ['a statement that is none', () => '{"Version":"2012-10-17","Statement":[null,"x",3]}'],
  ['nulls inside', () => '{"Version":null,"Statement":[{"Effect":null,"Principal":null,"Condition":null}]}'],
  ['one that denies', (policy: JsonObject) => JSON.stringify(policy).replace('Allow', 'Deny')],
])('where our policy reads as %s, Update writes it again and Delete deletes it', async (_name, change) => {
  const { testCase, text } = await withPolicy(change);
  const { properties = {}, previous = {} } = testCase.operation;
  const [same] = (await testCase.run({ action: 'UPDATE', properties: previous, previous })).slice(-1) as [
    ProgressEvent,
  ];
  expect(same).toMatchObject({ status: 'SUCCESS' });
  expect(JSON.parse(text() ?? '')).toMatchObject({ Statement: [{ Effect: 'Allow' }] });
  const again = await withPolicy(change);
  const [gone] = (await again.testCase.run({ action: 'DELETE', properties })).slice(-1) as [ProgressEvent];
  expect(gone).toMatchObject({ status: 'SUCCESS' });
  expect(again.testCase.attachments()).toEqual([]);
});

test('a policy that means the same in another form is left as it is', async () => {
  const reordered = (policy: JsonObject) => {
    const [statement] = policy['Statement'] as [JsonObject];
    const { Principal, Action, Resource, ...rest } = statement;
    const Service = ((Principal as JsonObject)['Service'] as [string])[0];
    const actions = (Action as string[]).map((action) => action.replace('SES', 'ses')).reverse();
    const other = {
      Sid: 'AsTheConsoleNamesIt',
      Resource: [Resource],
      Action: actions,
      Principal: { Service },
      ...rest,
    };
    return JSON.stringify({ Statement: other, Version: policy['Version'] }, undefined, 2);
  };
  const { testCase, text } = await withPolicy(reordered as (policy: JsonObject) => string);
  const { previous = {} } = testCase.operation;
  const before = text();
  const [answer] = (await testCase.run({ action: 'UPDATE', properties: previous, previous })).slice(-1);
  expect(answer).toMatchObject({ status: 'SUCCESS' });
  expect(text()).toBe(before);
  expect(testCase.calls().filter(({ operation }) => !isRead(operation))).toEqual([]);
});

test.each([
  ['null maps and lists', { Policies: null, Tags: null, DkimAttributes: null, MailFromAttributes: null }],
  ['null members', { Policies: { other: null }, Tags: [{ Key: null, Value: null }, null] }],
])('an identity with %s is an identity without policies', async (_name, members) => {
  const [scenario] = scenarios as [Scenario];
  const testCase = await harness.prepare(scenario);
  const body = JSON.stringify({ VerifiedForSendingStatus: true, ...members });
  const [answer] = (
    await testCase.run(testCase.operation, {
      faultPlan: ({ operation }) =>
        operation === 'GetEmailIdentity'
          ? { kind: 'malformed', status: 200, contentType: 'application/json', body }
          : undefined,
    })
  ).slice(-1);
  expect(answer).toMatchObject({ status: 'SUCCESS' });
});

test('List takes pages that are empty, pools without ids, and pools that are deleted between ListUserPools and DescribeUserPool', async () => {
  const scenario = scenarios.find(({ action }) => action === 'LIST') as Scenario;
  const testCase = await harness.prepare(scenario);
  const pages = [
    { UserPools: [], NextToken: 'next' },
    { UserPools: [{ Id: null }, {}, { Id: 'eu-west-2_Gone' }, { Id: testCase.poolId }], NextToken: '' },
  ];
  const listing = async (page: JsonObject): Promise<ProgressEvent> => {
    const body = JSON.stringify(page);
    const answers = await testCase.run(testCase.operation, {
      faultPlan: ({ operation }) =>
        operation === 'ListUserPools'
          ? { kind: 'malformed', status: 200, contentType: 'application/x-amz-json-1.1', body }
          : undefined,
    });
    return answers[answers.length - 1] as ProgressEvent;
  };
  const [empty, odd] = pages as unknown as [JsonObject, JsonObject];
  expect(await listing(empty)).toMatchObject({ status: 'SUCCESS', resourceModels: [], nextToken: 'next' });
  const answer = await listing(odd);
  expect(answer).toMatchObject({ status: 'SUCCESS', resourceModels: [{ UserPoolId: testCase.poolId }] });
  expect(answer.nextToken ?? null).toBeNull();
});
