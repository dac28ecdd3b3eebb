import type { Action } from '../../emulator/cloudformation/types';
import type { EmbeddedAws, RegionState } from '../../emulator/index';
import type { JsonObject } from '../../emulator/types';
import { sesRegions } from './account-snapshot';
import { kindsFor, type RegionRow, regionTable, type SetupKind } from './setup-kinds';

/** One operation in an account of its own, with what was there before it. */
export interface Scenario {
  readonly name: string;
  readonly action: Action;
  readonly region: string;
  /** What the stack declares now, and what it declared before. */
  readonly to?: SetupKind;
  readonly from?: SetupKind;
  /** A configuration made by hand, which a Create takes over. */
  readonly byHand?: boolean;
  readonly takeOver?: boolean;
}

const rowOf = (region: string) => regionTable.find((row) => row.region === region) as RegionRow;
const kindsOf = (region: string) => kindsFor(rowOf(region)) as [SetupKind, SetupKind, SetupKind, SetupKind, SetupKind];
const [alternate, home] = ['me-central-1', 'eu-west-2'];
const [altDeveloper, , altStandard, , altPlain] = kindsOf(alternate);
const [developer, domain, standard] = kindsOf(home);
const withSet: SetupKind = {
  ...domain,
  name: 'DEVELOPER, domain, configuration set',
  properties: { ...domain.properties, ConfigurationSet: 'sign-up' },
};
const moved: SetupKind = {
  ...standard,
  name: 'COGNITO_DEFAULT, address, us-east-1',
  properties: { ...standard.properties, SesRegion: 'us-east-1' },
  regions: ['us-east-1'],
  arnRegion: 'us-east-1',
};

const create = (region: string, to: SetupKind, more: Partial<Scenario> = {}): Scenario => ({
  name: `create ${to.name} in ${region}${more.takeOver ? `, taking over ${more.from?.name ?? 'by hand'}` : ''}`,
  action: 'CREATE',
  region,
  to,
  ...more,
});
const update = (region: string, from: SetupKind, to: SetupKind): Scenario => ({
  name: `update in ${region}: ${from.name} -> ${to.name}`,
  action: 'UPDATE',
  region,
  from,
  to,
});
const after = (action: Action, region: string, from: SetupKind): Scenario => ({
  name: `${action.toLowerCase()} ${from.name} in ${region}`,
  action,
  region,
  from,
});

/** Operations that between them make every call that the type ever makes, in every order that it makes them in. */
export const scenarios: readonly Scenario[] = [
  create(home, withSet),
  create(alternate, altStandard),
  create(alternate, altPlain),
  create(alternate, altStandard, { byHand: true, takeOver: true }),
  create(home, standard, { from: developer, takeOver: true }),
  update(alternate, altDeveloper, altStandard),
  update(alternate, altStandard, altDeveloper),
  update(alternate, altStandard, altPlain),
  update(home, developer, withSet),
  update(home, developer, standard),
  update(home, standard, developer),
  update(home, standard, moved),
  after('DELETE', alternate, altStandard),
  after('DELETE', home, developer),
  after('READ', home, domain),
  after('LIST', home, developer),
];

/** A configuration made by hand, that mail goes out with. */
export const manualConfiguration = (account: string): JsonObject => ({
  EmailSendingAccount: 'DEVELOPER',
  SourceArn: `arn:aws:ses:eu-central-1:${account}:identity/by-hand.example`,
  From: 'by-hand@by-hand.example',
});

/** Puts everything that the scenarios need into an account: identities in all Regions, somebody else's policy on each. */
export function addScenarioResources(aws: EmbeddedAws, account: string): void {
  for (const region of sesRegions) {
    const { ses }: RegionState = aws.region(region, account);
    for (const name of ['no-reply@example.com', 'example.org', 'by-hand.example']) {
      ses.addIdentity(name).policies.set('of-somebody-else', '{"Version":"2012-10-17"}');
    }
    ses.addConfigurationSet('sign-up');
  }
  const byHand = aws.region('eu-central-1', account).ses.identities.get('by-hand.example');
  byHand?.policies.set('by-hand', byHandPolicy(account));
}

/** The policy that makes mail of the hand-made configuration go out: anybody may send. */
function byHandPolicy(account: string): string {
  const Resource = `arn:aws:ses:eu-central-1:${account}:identity/by-hand.example`;
  const Principal = { Service: ['cognito-idp.me-central-1.amazonaws.com'] };
  const Statement = [{ Effect: 'Allow', Principal, Action: ['ses:SendEmail', 'ses:SendRawEmail'], Resource }];
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

/** Properties of a kind of setup for a pool. */
export function propertiesOf(poolId: string, kind: SetupKind | undefined, scenario: Scenario): JsonObject {
  return { UserPoolId: poolId, ...kind?.properties, ...(scenario.takeOver && { TakeOver: true }) };
}
