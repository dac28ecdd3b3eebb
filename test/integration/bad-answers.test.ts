import type { HandlerAnswer } from '../../emulator/cloudformation/drive';
import type { Call, Fault, JsonObject } from '../../emulator/types';
import { runCases, together } from '../support/concurrency';
import { difference } from '../support/findings';
import { type MultiAccountHarness, startMultiAccountHarness } from '../support/multi-account-harness';
import { record } from '../support/reliability';
import { type Scenario, scenarios } from '../support/scenarios';

let arena: MultiAccountHarness;
beforeAll(async () => {
  // Here patience is at an end within one round: what an answer is taken for does not depend on their number.
  arena = await startMultiAccountHarness(4800, 2400);
});
afterAll(() => arena.close());

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

interface Case {
  readonly scenario: Scenario;
  readonly operation: string;
  readonly body: string;
  readonly contentType: string;
  readonly declared: string;
}

async function allCases(): Promise<Case[]> {
  const cases = await together(scenarios, 8, async (scenario) => {
    const trial = await arena.prepare(scenario);
    await trial.run(trial.operation);
    const declared = trial.normalizedSnapshot();
    return [...new Set(trial.calls().map(({ operation }) => operation))].flatMap((operation) =>
      [...anyBody, ...(bodies[operation] ?? [])].map((body) => {
        const contentType = body.startsWith('<') ? 'text/html' : 'application/json';
        return { scenario, operation, body, contentType, declared };
      }),
    );
  });
  return cases.flat();
}

const answering = ({ operation, body, contentType }: Case, times: number) => {
  let count = 0;
  return (call: Call): Fault | undefined => {
    if (call.operation !== operation) return undefined;
    count += 1;
    return count > times ? undefined : { kind: 'malformed', status: 200, contentType, body };
  };
};

test('an answer that is none is asked for again, and never believed', async () => {
  const cases = await allCases();
  const findings = await runCases(arena.stallDetector, cases, 60, async (one) => {
    const { scenario, operation, body, declared } = one;
    const name = `${scenario.name}: ${operation} answers ${JSON.stringify(body)}`;
    const once = await arena.prepare(scenario);
    const [passed] = (await once.run(once.operation, answering(one, 1))).slice(-1) as [HandlerAnswer];
    const wrong = [
      ...(passed.status === 'SUCCESS' ? [] : [`${name} once: ${passed.errorCode} ${passed.message}`]),
      ...(once.normalizedSnapshot() === declared
        ? []
        : [`${name} once: ${difference(declared, once.normalizedSnapshot())}`]),
    ];
    if (!isRead(operation)) return wrong;
    // For ever, and from the first time on: nothing may be written on the strength of such an answer.
    const forEver = await arena.prepare(scenario);
    const before = forEver.snapshot();
    const answers = await forEver.run(forEver.operation, answering(one, Number.POSITIVE_INFINITY));
    const [last] = answers.slice(-1) as [HandlerAnswer];
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
  const trial = await arena.prepare(alternate);
  const { policies } = arena.aws.region('eu-central-1', trial.account).ses.identities.get('no-reply@example.com') ?? {};
  const [[name, text]] = [...(policies ?? [])].filter(([key]) => key.startsWith('EmailSetup-')) as [[string, string]];
  policies?.set(name, change(JSON.parse(text)));
  return { trial, text: () => policies?.get(name) };
}

test.each([
  ['no JSON at all', () => 'not json'],
  ['an empty text', () => ''],
  ['JSON of another kind', () => '[1]'],
  ['a policy without statements', () => '{"Version":"2012-10-17"}'],
  ['a statement that is none', () => '{"Version":"2012-10-17","Statement":[null,"x",3]}'],
  ['nulls inside', () => '{"Version":null,"Statement":[{"Effect":null,"Principal":null,"Condition":null}]}'],
  ['one that denies', (policy: JsonObject) => JSON.stringify(policy).replace('Allow', 'Deny')],
])('where our policy reads as %s, Update writes it anew and Delete takes it away', async (_name, change) => {
  const { trial, text } = await withPolicy(change);
  const { properties = {}, previous = {} } = trial.operation;
  const [same] = (await trial.run({ action: 'UPDATE', properties: previous, previous })).slice(-1) as [HandlerAnswer];
  expect(same).toMatchObject({ status: 'SUCCESS' });
  expect(JSON.parse(text() ?? '')).toMatchObject({ Statement: [{ Effect: 'Allow' }] });
  const again = await withPolicy(change);
  const [gone] = (await again.trial.run({ action: 'DELETE', properties })).slice(-1) as [HandlerAnswer];
  expect(gone).toMatchObject({ status: 'SUCCESS' });
  expect(again.trial.held()).toEqual([]);
});

test('a policy that says the same in another form is left as it stands', async () => {
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
  const { trial, text } = await withPolicy(reordered as (policy: JsonObject) => string);
  const { previous = {} } = trial.operation;
  const before = text();
  const [answer] = (await trial.run({ action: 'UPDATE', properties: previous, previous })).slice(-1);
  expect(answer).toMatchObject({ status: 'SUCCESS' });
  expect(text()).toBe(before);
  expect(trial.calls().filter(({ operation }) => !isRead(operation))).toEqual([]);
});

test.each([
  ['null maps and lists', { Policies: null, Tags: null, DkimAttributes: null, MailFromAttributes: null }],
  ['null members', { Policies: { other: null }, Tags: [{ Key: null, Value: null }, null] }],
])('an identity with %s is an identity without policies', async (_name, members) => {
  const [scenario] = scenarios as [Scenario];
  const trial = await arena.prepare(scenario);
  const body = JSON.stringify({ VerifiedForSendingStatus: true, ...members });
  const [answer] = (
    await trial.run(trial.operation, ({ operation }) =>
      operation === 'GetEmailIdentity'
        ? { kind: 'malformed', status: 200, contentType: 'application/json', body }
        : undefined,
    )
  ).slice(-1);
  expect(answer).toMatchObject({ status: 'SUCCESS' });
});

test('List takes pages that are empty, pools without ids, and pools that vanish between list and look', async () => {
  const scenario = scenarios.find(({ action }) => action === 'LIST') as Scenario;
  const trial = await arena.prepare(scenario);
  const pages = [
    { UserPools: [], NextToken: 'next' },
    { UserPools: [{ Id: null }, {}, { Id: 'eu-west-2_Gone' }, { Id: trial.poolId }], NextToken: '' },
  ];
  const listing = async (page: JsonObject): Promise<HandlerAnswer> => {
    const body = JSON.stringify(page);
    const answers = await trial.run(trial.operation, ({ operation }) =>
      operation === 'ListUserPools'
        ? { kind: 'malformed', status: 200, contentType: 'application/x-amz-json-1.1', body }
        : undefined,
    );
    return answers[answers.length - 1] as HandlerAnswer;
  };
  const [empty, odd] = pages as unknown as [JsonObject, JsonObject];
  expect(await listing(empty)).toMatchObject({ status: 'SUCCESS', resourceModels: [], nextToken: 'next' });
  const answer = await listing(odd);
  expect(answer).toMatchObject({ status: 'SUCCESS', resourceModels: [{ UserPoolId: trial.poolId }] });
  expect(answer.nextToken ?? null).toBeNull();
});
