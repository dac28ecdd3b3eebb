import { regionRow } from '../emulator/regions';
import type { Json } from '../emulator/types';
import { poolSettings } from './fixture';
import type { ResolvedTemplate } from './resolved-template';
import { isKnown } from './resource-values';
import type { StackContext } from './stack-context';

/**
 * Adds to the embedded AWS what setups refer to and their template does not create, as it has to exist beforehand. Returns
 * the pool's Region and those whose SES the setups may use.
 */
export function createPrerequisites(
  { aws, region, report }: StackContext,
  { order, emailSetups }: ResolvedTemplate,
): readonly string[] {
  const namesInTemplate = (type: string, property: string) =>
    order.filter((resource) => resource.type === type).map(({ properties }) => properties[property]);
  const identities = namesInTemplate('AWS::SES::EmailIdentity', 'EmailIdentity');
  const configurationSets = namesInTemplate('AWS::SES::ConfigurationSet', 'Name');
  const isExternal = (value: Json | undefined, inTemplate: readonly (Json | undefined)[] = []): value is string =>
    typeof value === 'string' && isKnown(value) && !inTemplate.includes(value);
  const regions = new Set([region]);
  for (const { properties } of emailSetups) {
    const { UserPoolId, Identity, ConfigurationSet, SesRegion } = properties;
    const { cognito } = aws.region(region);
    if (isExternal(UserPoolId) && !cognito.pools.has(UserPoolId)) {
      cognito.addPool(poolSettings, { id: UserPoolId });
      report.line(`there already: user pool ${UserPoolId} in ${region}`);
    }
    const sesRegions = regionRow(region)?.sesRegions ?? (isExternal(SesRegion) ? [SesRegion] : []);
    for (const sesRegion of sesRegions) {
      regions.add(sesRegion);
      const { ses } = aws.region(sesRegion);
      if (isExternal(Identity, identities) && !ses.identities.has(Identity)) {
        ses.addIdentity(Identity);
        report.line(`there already: identity ${Identity}, verified, in ${sesRegion}`);
      }
      if (isExternal(ConfigurationSet, configurationSets) && !ses.configurationSets.has(ConfigurationSet)) {
        ses.addConfigurationSet(ConfigurationSet);
        report.line(`there already: configuration set ${ConfigurationSet} in ${sesRegion}`);
      }
    }
  }
  return [...regions];
}
