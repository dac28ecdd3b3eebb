import {
  type BaseDto,
  BaseModel,
  type Dict,
} from '@amazon-web-services-cloudformation/cloudformation-cli-typescript-lib';
import { type ClassTransformOptions, Exclude, Expose, Transform, type TransformFnParams } from 'class-transformer';
import type { Attributes, Declaration } from './domain/declaration/declaration';
import { isProperty, memberOf, properties } from './domain/declaration/schema';

/**
 * CloudFormation sends every primitive as a string, Cloud Control and the contract tests send JSON's own types. What is
 * neither stays as it came: the checks of the declaration name it.
 */
const asText = ({ value }: TransformFnParams): unknown =>
  typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;

const booleans = new Map([
  ['true', true],
  ['false', false],
]);

const asBoolean = ({ value }: TransformFnParams): unknown =>
  typeof value === 'string' ? (booleans.get(value.toLowerCase()) ?? value) : value;

const asNumber = ({ value }: TransformFnParams): unknown =>
  typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value;

const transformations: Readonly<Record<string, (params: TransformFnParams) => unknown>> = {
  string: asText,
  boolean: asBoolean,
  integer: asNumber,
};

type Members = Partial<Declaration & Attributes>;
const Base = BaseModel as Omit<typeof BaseModel, 'prototype'> & (new (members?: object) => BaseModel & Members);

/** The resource's properties, typed; class-transformer leads from CloudFormation's wire form to it and back. */
export class ResourceModel extends Base {
  @Exclude() static readonly TYPE_NAME: string = 'Org::Cognito::EmailSetup';

  /** Names of properties that came with the request and that the schema does not have. */
  @Exclude() unknownProperties: readonly string[] = [];

  /** The model in a request's wire form, or in the text of it; an absent one is an empty model. */
  static override deserialize<T extends BaseDto>(
    this: new () => T,
    wire: Dict | string,
    options?: ClassTransformOptions,
  ): T {
    const members = Object.entries((typeof wire === 'string' ? JSON.parse(wire) : wire) ?? {});
    const known = Object.fromEntries(members.filter(([name]) => isProperty(name)));
    // biome-ignore lint/complexity/noThisInStatic: the library deserialises the class that it is handed
    const model = BaseModel.deserialize.call(this, known, options) as T;
    const unknownProperties = members.map(([name]) => name).filter((name) => !isProperty(name));
    return Object.assign(model, { unknownProperties });
  }
}

for (const { name, type, readOnly } of properties) {
  Expose({ name })(ResourceModel.prototype, memberOf(name));
  const transformation = readOnly ? undefined : transformations[type];
  if (transformation) Transform(transformation, { toClassOnly: true })(ResourceModel.prototype, memberOf(name));
}
