import { readFileSync } from 'node:fs';
import NodeEvaluator from 'cfn-resolver-lib';
import { yamlParse } from 'yaml-cfn';
import type { JsonObject } from '../emulator/types';

/** One resource of this type as a template declares it, intrinsic functions resolved. */
export interface DeclaredResource {
  readonly logicalId: string;
  readonly properties: JsonObject;
}

/** Where a stack runs, as the pseudo parameters tell it. */
export interface StackPlace {
  readonly region: string;
  readonly account: string;
  readonly partition: string;
}

const typeName = 'Org::Cognito::EmailSetup';

/** The resources of this type in a CloudFormation template (YAML or JSON), with these parameters. */
export function resourcesOf(
  file: string,
  parameters: Record<string, string>,
  place: StackPlace,
): readonly DeclaredResource[] {
  // Outputs name attributes of resources that are not there yet.
  const { Outputs: _later, ...template } = yamlParse(readFileSync(file, 'utf8')) as {
    Outputs?: unknown;
    Parameters?: Record<string, { Default?: string }>;
  };
  const defaults = Object.entries(template.Parameters ?? {}).flatMap(([name, { Default }]) =>
    Default === undefined ? [] : [[name, String(Default)]],
  );
  const resolved = new NodeEvaluator(template, {
    RefResolvers: {
      'AWS::Region': place.region,
      'AWS::AccountId': place.account,
      'AWS::Partition': place.partition,
      'AWS::StackName': 'email-setup',
      ...Object.fromEntries(defaults),
      ...parameters,
    },
  }).evaluateNodes() as { Resources: Record<string, { Type: string; Properties: JsonObject }> };
  return Object.entries(resolved.Resources)
    .filter(([, { Type }]) => Type === typeName)
    .map(([logicalId, { Properties }]) => ({ logicalId, properties: withoutNothing(Properties) }));
}

/** `AWS::NoValue` takes a property away; the resolver leaves a trace of it. */
function withoutNothing(properties: JsonObject): JsonObject {
  const isNothing = (value: unknown) =>
    value === undefined || value === null || value === '' || JSON.stringify(value).includes('AWS::NoValue');
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => !isNothing(value)));
}
