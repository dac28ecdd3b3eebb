import { readFileSync } from 'node:fs';
import { yamlParse } from 'yaml-cfn';
import type { Json, JsonObject } from '../emulator/types';
import { UnsupportedTemplateError } from './unsupported-template';

/** A parameter as a template declares it. */
export interface Parameter {
  readonly Type: string;
  readonly Default?: Json;
  readonly AllowedValues?: readonly Json[];
  readonly AllowedPattern?: string;
}

/** A resource as a template declares it, with its functions not yet resolved. */
interface Resource {
  readonly type: string;
  readonly properties: JsonObject;
  readonly condition: string | undefined;
  readonly dependsOn: readonly string[];
  readonly deletionPolicy: string;
}

/** The parts of a CloudFormation template that a local stack needs. */
export interface Template {
  readonly file: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly mappings: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
  readonly conditions: JsonObject;
  readonly resources: ReadonlyMap<string, Resource>;
  readonly outputs: Readonly<Record<string, { readonly Value: Json; readonly Condition?: string }>>;
}

/** SAM's macro does not change the resource types that are supported here. Other macros may. */
const ignoredTransforms = ['AWS::Serverless-2016-10-31'];

/** Reads a template from YAML (with the short forms of functions) or JSON. Throws `UnsupportedTemplateError`. */
export function readTemplate(file: string): Template {
  const json = parseFile(file);
  const section = (name: string) => (isObject(json[name]) ? json[name] : {});
  for (const transform of [json['Transform'] ?? []].flat()) {
    if (!ignoredTransforms.includes(String(transform))) {
      throw new UnsupportedTemplateError(
        `${file} has the Transform ${transform}, and no macro is run here: name a template without it.`,
      );
    }
  }
  const resources = Object.entries(section('Resources')).map(
    ([id, value]) => [id, parseResource(file, id, value)] as const,
  );
  if (resources.length === 0)
    throw new UnsupportedTemplateError(`${file} has no Resources: name a CloudFormation template.`);
  return {
    file,
    parameters: section('Parameters') as unknown as Template['parameters'],
    mappings: section('Mappings') as Template['mappings'],
    conditions: section('Conditions'),
    resources: new Map(resources),
    outputs: section('Outputs') as Template['outputs'],
  };
}

function parseFile(file: string): JsonObject {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UnsupportedTemplateError(
      `${file} cannot be read (${(error as NodeJS.ErrnoException).code}): name a template.`,
    );
  }
  try {
    const json: unknown = yamlParse(text);
    if (isObject(json)) return json;
  } catch (error) {
    const [first = ''] = String(error instanceof Error ? error.message : error).split('\n');
    throw new UnsupportedTemplateError(`${file} is neither YAML nor JSON that CloudFormation would read: ${first}.`);
  }
  throw new UnsupportedTemplateError(`${file} is not a CloudFormation template: name one.`);
}

function parseResource(file: string, id: string, value: Json): Resource {
  if (!isObject(value) || typeof value['Type'] !== 'string') {
    throw new UnsupportedTemplateError(`${id} in ${file} has no Type: every resource of a template has one.`);
  }
  const { Type, Properties, Condition, DependsOn, DeletionPolicy } = value;
  return {
    type: Type,
    properties: isObject(Properties) ? Properties : {},
    condition: typeof Condition === 'string' ? Condition : undefined,
    dependsOn: [DependsOn ?? []].flat().map(String),
    deletionPolicy: String(DeletionPolicy ?? 'Delete'),
  };
}

/** Is a value a JSON object, neither null nor a list? */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
