import type { EmbeddedAws, RegionState } from '../emulator/index';
import { regionRow } from '../emulator/regions';
import type { JsonObject } from '../emulator/types';

/** What the demo needs in AWS: a pool with many settings, and verified identities. */
export interface Fixture {
  readonly aws: EmbeddedAws;
  readonly region: string;
  readonly poolId: string;
  readonly domain: string;
  readonly address: string;
  /** The Regions whose SES the pool may use. */
  readonly sesRegions: readonly string[];
  readonly state: RegionState;
}

/** Settings of a pool that no setup may change. */
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
  // A setting that the SDK does not know.
  PasskeyVault: { Mode: 'STRICT' },
};

/** Adds a pool and identities to the embedded AWS. Returns undefined for a Region that AWS's table lacks. */
export function createFixture(aws: EmbeddedAws, region: string): Fixture | undefined {
  const row = regionRow(region);
  if (!row) return undefined;
  const [domain, address] = ['example.com', 'no-reply@example.net'];
  for (const sesRegion of row.sesRegions) {
    for (const name of [domain, address]) aws.region(sesRegion).ses.addIdentity(name);
  }
  const state = aws.region(region);
  const poolId = state.cognito.addPool(poolSettings, { id: `${region}_Customers` });
  return { aws, region, poolId, domain, address, sesRegions: row.sesRegions, state };
}
