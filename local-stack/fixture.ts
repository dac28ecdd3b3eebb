import type { EmbeddedAws, RegionState } from '../emulator/index';
import { rowOf } from '../emulator/regions';
import type { JsonObject } from '../emulator/types';

/** What the walk-through finds in AWS: a pool with settings worth keeping, and verified identities. */
export interface Fixture {
  readonly aws: EmbeddedAws;
  readonly region: string;
  readonly poolId: string;
  readonly domain: string;
  readonly address: string;
  /** Every Region whose SES may serve the pool. */
  readonly sesRegions: readonly string[];
  readonly world: RegionState;
}

/** Settings worth keeping. */
export const poolSettings: JsonObject = {
  Name: 'customers',
  Policies: { PasswordPolicy: { MinimumLength: 14, RequireSymbols: true, TemporaryPasswordValidityDays: 3 } },
  LambdaConfig: { PreSignUp: 'arn:aws:lambda:eu-west-1:111122223333:function:pre-sign-up' },
  AutoVerifiedAttributes: ['email'],
  MfaConfiguration: 'OPTIONAL',
  DeletionProtection: 'ACTIVE',
  UserPoolTier: 'PLUS',
  UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' },
  VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_CODE', EmailSubject: 'Your code' },
  UserPoolTags: { team: 'identity' },
  // A setting that no SDK of today knows.
  PasskeyVault: { Mode: 'STRICT' },
};

/** Puts a pool and identities into the embedded AWS. Undefined for a Region that AWS's table does not have. */
export function createFixture(aws: EmbeddedAws, region: string): Fixture | undefined {
  const row = rowOf(region);
  if (!row) return undefined;
  const [domain, address] = ['example.com', 'no-reply@example.net'];
  for (const sesRegion of row.sesRegions) {
    for (const name of [domain, address]) aws.region(sesRegion).ses.addIdentity(name);
  }
  const world = aws.region(region);
  const poolId = world.cognito.addPool(poolSettings, { id: `${region}_Customers` });
  return { aws, region, poolId, domain, address, sesRegions: row.sesRegions, world };
}
