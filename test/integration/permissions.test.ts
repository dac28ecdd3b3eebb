import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { yamlParse } from 'yaml-cfn';
import type { Call } from '../../emulator/types';
import schema from '../../schema.json';
import { runConcurrently } from '../support/concurrency';
import { type MultiAccountHarness, startMultiAccountHarness } from '../support/multi-account-harness';
import { type Scenario, scenarios } from '../support/scenarios';
import type { FaultPlan } from '../support/test-account';

const root = join(__dirname, '..', '..');

/** Permissions that Cognito demands of its caller, without a call of ours by that name; each with why. */
const asked = {
  DescribeUserPool: {
    'kms:Decrypt': "a pool's data under a key of its owner's",
    'kms:DescribeKey': 'the same',
  },
  UpdateUserPool: {
    'cognito-idp:TagResource': 'UserPoolTags are authorised as tagging, too',
    'iam:PassRole': "the pool's SmsConfiguration is sent back, whose role Cognito is handed",
    // Not for Delete, which ends on COGNITO_DEFAULT.
    'iam:CreateServiceLinkedRole':
      'Cognito makes its role for SES with the credentials of whoever first sets DEVELOPER',
    'kms:CreateGrant': "the keys of custom senders and of the pool's own data are sent back",
    'kms:Encrypt': 'the same',
    'kms:GenerateDataKey': 'the same',
    'kms:GenerateDataKeyWithoutPlaintext': 'the same',
    'kms:ReEncryptFrom': 'the same',
    'kms:ReEncryptTo': 'the same',
  },
} as const;

/** The permissions that one handler needs for the calls that it makes. */
function neededBy(handler: string, called: ReadonlySet<string>): readonly string[] {
  const beyond = Object.entries(asked).flatMap(([operation, rights]) =>
    called.has(`cognito-idp:${operation}`) ? Object.keys(rights) : [],
  );
  const all = new Set([...called, ...beyond]);
  if (handler === 'delete') all.delete('iam:CreateServiceLinkedRole');
  return [...all].sort();
}

/** Which calls of ours are one right in IAM: `ses` for SESv2, whatever the API's version. */
const rightOf = ({ service, operation }: { service: string; operation: string }) => `${service}:${operation}`;

let harness: MultiAccountHarness;
beforeAll(async () => {
  harness = await startMultiAccountHarness();
});
afterAll(() => harness.close());

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

interface Template {
  readonly Resources: {
    readonly ExecutionRole: {
      readonly Properties: {
        readonly Policies: readonly [{ readonly PolicyDocument: { readonly Statement: readonly Statement[] } }];
      };
    };
  };
}
const parsed = (text: string) => yamlParse(text) as Template;

function grantedByRole(): readonly string[] {
  const template = parsed(readFileSync(join(root, 'resource-role.yaml'), 'utf8'));
  const [{ PolicyDocument }] = template.Resources.ExecutionRole.Properties.Policies;
  return PolicyDocument.Statement.flatMap(({ Action }) => Action);
}

/** Operations that meet a policy of ours that says something else, and tags that UserPoolTags does not take off. */
async function callsOf(
  scenario: Scenario,
  { faultPlan, drifted }: { readonly faultPlan: FaultPlan | undefined; readonly drifted: boolean },
): Promise<readonly Call[]> {
  const testCase = await harness.prepare(scenario);
  if (drifted) {
    for (const region of scenario.to?.regions ?? []) {
      const identity = harness.aws.region(region, testCase.account).ses.identities.get(scenario.to?.identity ?? '');
      identity?.policies.set(`EmailSetup-${scenario.region}-${testCase.poolId}`, '{"Version":"2012-10-17"}');
    }
    // The pool's own stack has wiped our tag: an Update writes it, and the roll-back takes it off again.
    const pool = testCase.regionState.cognito.pools.get(testCase.poolId);
    if (pool && scenario.action === 'UPDATE') pool.members = { ...pool.members, UserPoolTags: {} };
  }
  await testCase.run(testCase.operation, { faultPlan });
  return testCase.calls();
}

/** Refuses the last step, so that the steps before it are rolled back. */
const refusedLate: FaultPlan = ({ operation }) =>
  operation === 'DeleteEmailIdentityPolicy' || operation === 'UntagResource'
    ? { kind: 'error', status: 403, name: 'AccessDeniedException', message: 'no' }
    : undefined;
const refusedUpdate: FaultPlan = ({ operation }) =>
  operation === 'UpdateUserPool'
    ? { kind: 'error', status: 403, name: 'AccessDeniedException', message: 'no' }
    : undefined;

test('the execution role and the schema grant what the calls need, and nothing more', async () => {
  const rights = new Map<string, Set<string>>();
  harness.aws.behaviours.tags = 'merge';
  await runConcurrently(scenarios, 8, async (scenario) => {
    for (const faultPlan of [undefined, refusedUpdate, refusedLate]) {
      for (const drifted of [false, true]) {
        const action = scenario.action.toLowerCase();
        const calls = await callsOf(scenario, { faultPlan, drifted });
        rights.set(action, new Set([...(rights.get(action) ?? []), ...calls.map(rightOf)]));
      }
    }
  });
  const needed = new Set<string>();
  for (const [handler, { permissions }] of Object.entries(schema.handlers)) {
    const rightsOfHandler = neededBy(handler, rights.get(handler) ?? new Set());
    for (const right of rightsOfHandler) needed.add(right);
    expect([handler, [...permissions].sort()]).toEqual([handler, rightsOfHandler]);
  }
  expect([...grantedByRole()].sort()).toEqual([...needed].sort());
});

test('each right is on resources of the account alone, or says why not', () => {
  const template = readFileSync(join(root, 'resource-role.yaml'), 'utf8');
  const [{ PolicyDocument }] = parsed(template).Resources.ExecutionRole.Properties.Policies;
  const everywhere = PolicyDocument.Statement.filter(({ Resource }) => Resource === '*');
  expect(everywhere.map(({ Action }) => Action)).toEqual(['cognito-idp:ListUserPools', 'ses:GetAccount']);
  for (const [, before] of template.matchAll(/\n(.*)\n\s+Resource: "\*"/g))
    expect(before).toMatch(/# The action knows no resources/);
});
