import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { yamlParse } from 'yaml-cfn';
import type { Call } from '../../emulator/types';
import schema from '../../schema.json';
import { type Arena, type Fate, openArena } from '../support/arena';
import { type Scenario, scenarios } from '../support/scenarios';
import { together } from '../support/side-by-side';

const root = join(__dirname, '..', '..');

/** Rights that no call of ours asks for by name, each with why it is needed all the same. */
const withoutCall: Readonly<Record<string, string>> = {
  'cognito-idp:TagResource': 'UpdateUserPool with UserPoolTags is authorised as tagging, too',
  'iam:PassRole': "UpdateUserPool sends the pool's SmsConfiguration back, whose role Cognito is handed",
  // Not for Delete, which ends on COGNITO_DEFAULT.
  'iam:CreateServiceLinkedRole': 'Cognito makes its role for SES with the credentials of whoever first sets DEVELOPER',
  'kms:CreateGrant': "UpdateUserPool sends the keys of custom senders and of the pool's own data back",
  'kms:DescribeKey': 'the same',
};

/** Which calls of ours are one right in IAM: `ses` for SESv2, whatever the API's version. */
const rightOf = ({ service, operation }: { service: string; operation: string }) => `${service}:${operation}`;

let arena: Arena;
beforeAll(async () => {
  arena = await openArena();
});
afterAll(() => arena.close());

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
async function record(scenario: Scenario, fate: Fate | undefined, drifted: boolean): Promise<readonly Call[]> {
  const trial = await arena.prepare(scenario);
  if (drifted) {
    for (const region of scenario.to?.regions ?? []) {
      const identity = arena.aws.region(region, trial.account).ses.identities.get(scenario.to?.identity ?? '');
      identity?.policies.set(`EmailSetup-${scenario.region}-${trial.poolId}`, '{"Version":"2012-10-17"}');
      identity?.tags.delete(`EmailSetup/${scenario.region}/${trial.poolId}`);
    }
    // The pool's own stack has wiped our tag: an Update writes it, and undoing takes it off again.
    const pool = trial.world.cognito.pools.get(trial.poolId);
    if (pool && scenario.action === 'UPDATE') pool.members = { ...pool.members, UserPoolTags: {} };
  }
  await trial.run(trial.operation, fate);
  return trial.calls();
}

/** Refuses the last step, so that the steps before it are undone. */
const refusedLate: Fate = ({ operation }) =>
  operation === 'DeleteEmailIdentityPolicy' || operation === 'UntagResource'
    ? { kind: 'error', status: 403, name: 'AccessDeniedException', message: 'no' }
    : undefined;
const refusedSwitch: Fate = ({ operation }) =>
  operation === 'UpdateUserPool'
    ? { kind: 'error', status: 403, name: 'AccessDeniedException', message: 'no' }
    : undefined;

test('the execution role and the schema grant what the calls need, and nothing more', async () => {
  const rights = new Map<string, Set<string>>();
  arena.aws.modes.tags = 'merge';
  await together(scenarios, 8, async (scenario) => {
    for (const fate of [undefined, refusedSwitch, refusedLate]) {
      for (const drifted of [false, true]) {
        const action = scenario.action.toLowerCase();
        const calls = await record(scenario, fate, drifted);
        rights.set(action, new Set([...(rights.get(action) ?? []), ...calls.map(rightOf)]));
      }
    }
  });
  const called = [...new Set([...rights.values()].flatMap((set) => [...set]))];
  expect([...grantedByRole()].sort()).toEqual([...new Set([...called, ...Object.keys(withoutCall)])].sort());
  for (const [action, { permissions }] of Object.entries(schema.handlers)) {
    const beyond = Object.keys(withoutCall).filter((right) => permissions.includes(right));
    expect([action, [...permissions].sort()]).toEqual([
      action,
      [...new Set([...(rights.get(action) ?? []), ...beyond])].sort(),
    ]);
    // What UpdateUserPool needs without a call, every operation that makes it needs.
    const needed = Object.keys(withoutCall).filter((right) => action !== 'delete' || !right.includes('ServiceLinked'));
    const updates = rights.get(action)?.has('cognito-idp:UpdateUserPool');
    expect([action, beyond.sort()]).toEqual([action, updates ? needed.sort() : []]);
  }
});

test('each right is on resources of the account alone, or says why not', () => {
  const template = readFileSync(join(root, 'resource-role.yaml'), 'utf8');
  const [{ PolicyDocument }] = parsed(template).Resources.ExecutionRole.Properties.Policies;
  const everywhere = PolicyDocument.Statement.filter(({ Resource }) => Resource === '*');
  expect(everywhere.map(({ Action }) => Action)).toEqual(['cognito-idp:ListUserPools', 'ses:GetAccount']);
  for (const [, before] of template.matchAll(/\n(.*)\n\s+Resource: "\*"/g))
    expect(before).toMatch(/# The action knows no resources/);
});
