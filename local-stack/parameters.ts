import { exampleOf } from '../emulator/cloudformation/drive';
import { partitionOf } from '../emulator/regions';
import type { Json } from '../emulator/types';
import type { Parameter, Template } from './template';
import { UnsupportedTemplateError } from './unsupported-template';

/** Where a stack runs, as the pseudo parameters tell it. */
export interface StackPlace {
  readonly region: string;
  readonly account: string;
}

/** What `Ref` of a parameter or pseudo parameter gives. */
export type Values = Readonly<Record<string, Json>>;

/** Values of a template's parameters, defaults included. Throws `CannotRun` for what CloudFormation would not take. */
export function valuesOf(template: Template, given: Readonly<Record<string, string>>, place: StackPlace): Values {
  const declared = Object.entries(template.parameters);
  const names = declared.map(([name]) => name);
  for (const name of Object.keys(given)) {
    if (names.includes(name)) continue;
    const has = names.length > 0 ? `it has ${names.join(', ')}` : 'it has none';
    throw new UnsupportedTemplateError(`${template.file} has no parameter ${name}: ${has}.`);
  }
  const own = declared.flatMap(([name, parameter]) => {
    // What a default names in Systems Manager is not there: only a value that is given counts.
    const fallback = parameter.Type.startsWith('AWS::SSM::') ? undefined : parameter.Default;
    const value = given[name] ?? fallback;
    if (value !== undefined) return [[name, checked(name, parameter, String(value))] as const];
    if (parameter.Default !== undefined) return [];
    throw new UnsupportedTemplateError(
      `The parameter ${name} of ${template.file} has no value: add --parameter ${name}=VALUE.`,
    );
  });
  return { ...pseudo(place), ...Object.fromEntries(own) };
}

function checked(name: string, { Type, AllowedValues, AllowedPattern }: Parameter, value: string): Json {
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

function pseudo({ region, account }: StackPlace): Values {
  const partition = partitionOf(region);
  return {
    'AWS::AccountId': account,
    'AWS::NotificationARNs': [],
    'AWS::Partition': partition,
    'AWS::Region': region,
    'AWS::StackId': exampleOf({ region, account }).stackId,
    'AWS::StackName': 'example',
    'AWS::URLSuffix': partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
  };
}
