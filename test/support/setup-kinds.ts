import type { Behaviours } from '../../emulator/behaviours';
import type { RegionState } from '../../emulator/index';
import rows from '../../emulator/regions.json';
import type { JsonObject } from '../../emulator/types';

/** A row of the table that the emulator goes by: a copy of its own, so that a slip in the product's shows. */
export interface RegionRow {
  readonly region: string;
  readonly category: string;
  readonly sesRegions: readonly string[];
}
export const regionTable = rows as readonly RegionRow[];

/** A kind of setup for a pool of one Region, and what it must look like in AWS. */
export interface SetupKind {
  readonly name: string;
  readonly properties: JsonObject;
  /** Regions whose SES is used. */
  readonly regions: readonly string[];
  readonly identity: string | undefined;
  /** The principal that each identity must trust; undefined: no policy. */
  readonly principal: string | undefined;
  /** What stands in the pool's EmailConfiguration, `SourceArn` with this Region. */
  readonly arnRegion: string | undefined;
}

const address = 'no-reply@example.com';
const domain = 'example.org';

/**
 * Cognito refuses `From` with its default sender, and a domain identity cannot do without. Where every kind of setup must
 * stand, the embedded AWS is set to accept it; a refusal has a test of its own.
 */
export const acceptDefaultSenderFrom: Partial<Behaviours> = { defaultSenderFrom: 'accept' };

/** Every kind of setup that a pool in the row's Region can have. */
export function kindsFor(row: RegionRow): readonly SetupKind[] {
  const alternate = row.category === 'alternate';
  const own = row.sesRegions.includes(row.region) ? row.region : (row.sesRegions[0] ?? row.region);
  const one = alternate ? row.sesRegions.slice(0, 1) : [own];
  const regional = `cognito-idp.${row.region}.amazonaws.com`;
  const developer = {
    regions: one,
    principal: alternate ? regional : undefined,
    arnRegion: one[0],
  };
  const standard = {
    regions: alternate ? row.sesRegions : [own],
    principal: alternate ? regional : 'email.cognito-idp.amazonaws.com',
    arnRegion: alternate ? '*' : own,
  };
  return [
    {
      name: 'DEVELOPER, address',
      identity: address,
      properties: { EmailSendingAccount: 'DEVELOPER', Identity: address },
      ...developer,
    },
    {
      name: 'DEVELOPER, domain',
      identity: domain,
      properties: { EmailSendingAccount: 'DEVELOPER', Identity: domain, From: `Sign-up <no-reply@mail.${domain}>` },
      ...developer,
    },
    {
      name: 'COGNITO_DEFAULT, address',
      identity: address,
      properties: { EmailSendingAccount: 'COGNITO_DEFAULT', Identity: address },
      ...standard,
    },
    {
      name: 'COGNITO_DEFAULT, domain',
      identity: domain,
      properties: { EmailSendingAccount: 'COGNITO_DEFAULT', Identity: domain, From: `no-reply@${domain}` },
      ...standard,
    },
    {
      name: 'COGNITO_DEFAULT, plain',
      identity: undefined,
      properties: { EmailSendingAccount: 'COGNITO_DEFAULT', ReplyToEmailAddress: 'help@example.com' },
      regions: [],
      principal: undefined,
      arnRegion: undefined,
    },
  ];
}

/** Verified identities of both forms in every Region that a row allows. */
export function addIdentities(regionState: (region: string) => RegionState, row: RegionRow): void {
  for (const region of row.sesRegions) {
    for (const name of [address, domain]) {
      if (!regionState(region).ses.identities.has(name)) regionState(region).ses.addIdentity(name);
    }
  }
}
