import { rowOf } from '../emulator/regions';
import type { Json } from '../emulator/types';
import type { Declaration } from './declared';
import { poolSettings } from './fixture';
import { isKnown } from './functions';
import type { StackContext } from './resources/type';

/**
 * Puts into the embedded AWS what setups name and their template does not make: it must exist already. Answers the
 * Regions whose SES may serve the setups.
 */
export function createPrerequisites(
  { aws, region, report }: StackContext,
  { order, setups }: Declaration,
): readonly string[] {
  const ownNames = (type: string, property: string) =>
    order.filter((one) => one.type === type).map(({ properties }) => properties[property]);
  const identities = ownNames('AWS::SES::EmailIdentity', 'EmailIdentity');
  const sets = ownNames('AWS::SES::ConfigurationSet', 'Name');
  const named = (value: Json | undefined, own: readonly (Json | undefined)[] = []): value is string =>
    typeof value === 'string' && isKnown(value) && !own.includes(value);
  const regions = new Set([region]);
  for (const { properties } of setups) {
    const { UserPoolId, Identity, ConfigurationSet, SesRegion } = properties;
    const { cognito } = aws.region(region);
    if (named(UserPoolId) && !cognito.pools.has(UserPoolId)) {
      cognito.addPool(poolSettings, { id: UserPoolId });
      report.line(`there already: user pool ${UserPoolId} in ${region}`);
    }
    const places = rowOf(region)?.sesRegions ?? (named(SesRegion) ? [SesRegion] : []);
    for (const place of places) {
      regions.add(place);
      const { ses } = aws.region(place);
      if (named(Identity, identities) && !ses.identities.has(Identity)) {
        ses.addIdentity(Identity);
        report.line(`there already: identity ${Identity}, verified, in ${place}`);
      }
      if (named(ConfigurationSet, sets) && !ses.configurationSets.has(ConfigurationSet)) {
        ses.addConfigurationSet(ConfigurationSet);
        report.line(`there already: configuration set ${ConfigurationSet} in ${place}`);
      }
    }
  }
  return [...regions];
}
