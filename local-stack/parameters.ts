import { exampleResource } from '../emulator/cloudformation/example-stack';
import { partitionOf } from '../emulator/regions';
import type { Json } from '../emulator/types';
import type { Parameter, Template } from './template';
import { UnsupportedTemplateError } from './unsupported-template';

/** The Region and account of a stack, for the pseudo parameters. */
export interface StackLocation {
  readonly region: string;
  readonly account: string;
}

/** What `Ref` of each parameter and pseudo parameter returns. */
export type ParameterValues = Readonly<Record<string, Json>>;

/**
 * Values of a template's parameters, defaults and pseudo parameters included. Throws `UnsupportedTemplateError` for a value
 * that CloudFormation would refuse.
 */
export function parameterValues(
  template: Template,
  given: Readonly<Record<string, string>>,
  location: StackLocation,
): ParameterValues {
  const declared = Object.entries(template.parameters);
  const names = declared.map(([name]) => name);
  for (const name of Object.keys(given)) {
    if (names.includes(name)) continue;
    const others = names.length > 0 ? `it has ${names.join(', ')}` : 'it has none';
    throw new UnsupportedTemplateError(`${template.file} has no parameter ${name}: ${others}.`);
  }
  const ownValues = declared.flatMap(([name, parameter]) => {
    // The default of such a parameter names one in Systems Manager, which is not part of the embedded AWS.
    const fallback = parameter.Type.startsWith('AWS::SSM::') ? undefined : parameter.Default;
    const value = given[name] ?? fallback;
    if (value !== undefined) return [[name, parseValue(name, parameter, String(value))] as const];
    if (parameter.Default !== undefined) return [];
    throw new UnsupportedTemplateError(
      `The parameter ${name} of ${template.file} has no value: add --parameter ${name}=VALUE.`,
    );
  });
  return { ...pseudoParameters(location), ...Object.fromEntries(ownValues) };
}

function parseValue(name: string, { Type, AllowedValues, AllowedPattern }: Parameter, value: string): Json {
  const isList = Type === 'CommaDelimitedList' || Type.startsWith('List<');
  const items = isList ? value.split(',').map((item) => item.trim()) : [value];
  for (const item of items) {
    if (AllowedValues && !AllowedValues.map(String).includes(item)) {
      throw new UnsupportedTemplateError(
        `The parameter ${name} may not be "${item}": it is one of ${AllowedValues.join(', ')}.`,
      );
    }
    if (AllowedPattern !== undefined && !new RegExp(`^(?:${AllowedPattern})$`).test(item)) {
      throw new UnsupportedTemplateError(`The parameter ${name} may not be "${item}": it matches ${AllowedPattern}.`);
    }
    if (Type === 'Number' && Number.isNaN(Number(item))) {
      throw new UnsupportedTemplateError(`The parameter ${name} may not be "${item}": it is a number.`);
    }
  }
  return isList ? items : value;
}

function pseudoParameters({ region, account }: StackLocation): ParameterValues {
  const partition = partitionOf(region);
  return {
    'AWS::AccountId': account,
    'AWS::NotificationARNs': [],
    'AWS::Partition': partition,
    'AWS::Region': region,
    'AWS::StackId': exampleResource({ region, account }).stackId,
    'AWS::StackName': 'example',
    'AWS::URLSuffix': partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
  };
}
