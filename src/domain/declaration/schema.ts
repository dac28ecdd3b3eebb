import schema from '../../../schema.json';
import type { Declaration, WriteOnlyMember } from './declaration.generated';

/** A property of the resource type, as `schema.json` has it. Nothing else reads the schema's properties. */
export interface SchemaProperty {
  readonly name: string;
  readonly description: string;
  readonly type: 'string' | 'boolean' | 'integer' | 'array';
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: string | number | boolean;
  readonly required: boolean;
  readonly readOnly: boolean;
  readonly writeOnly: boolean;
}

/** The name of a property. */
export type PropertyName = keyof typeof schema.properties;

const isIn = (pointers: readonly string[], name: string) => pointers.includes(`/properties/${name}`);

/** All properties, in the schema's order. */
export const properties: readonly SchemaProperty[] = Object.entries(schema.properties).map(([name, property]) => ({
  name,
  ...(property as Pick<SchemaProperty, 'description' | 'type'>),
  required: schema.required.includes(name),
  readOnly: isIn(schema.readOnlyProperties, name),
  writeOnly: isIn(schema.writeOnlyProperties, name),
}));

/** The properties that may be declared. */
export const declarable = properties.filter((property) => !property.readOnly);

/** The properties that the resource returns only. */
export const readOnly = properties.filter((property) => property.readOnly);

/** The member of a model that holds a property: `userPoolId` for `UserPoolId`. */
export function memberOf(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** Does the schema have a property of this name? */
export function isProperty(name: string): name is PropertyName {
  return Object.hasOwn(schema.properties, name);
}

/** A property by its name. */
export function propertyOf(name: PropertyName): SchemaProperty {
  const property = properties.find((one) => one.name === name);
  if (!property) throw new Error(`The schema has no property ${name}`);
  return property;
}

/** Is a value of the property's type within what the schema allows for it: length, pattern, words, and numbers? */
export function conforms(name: PropertyName, value: string | number): boolean {
  const property = propertyOf(name);
  if (typeof value === 'number') {
    const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = property;
    return Number.isInteger(value) && value >= minimum && value <= maximum;
  }
  const { maxLength = Number.POSITIVE_INFINITY, pattern, enum: words } = property;
  if (value.length > maxLength || (words && !words.includes(value))) return false;
  return pattern === undefined || new RegExp(pattern).test(value);
}

/** A declaration without its write-only part, which no final answer carries. */
export function withoutWriteOnly<T extends Partial<Declaration>>(declaration: T): Omit<T, WriteOnlyMember> {
  const writeOnly = declarable.filter((property) => property.writeOnly).map(({ name }) => memberOf(name));
  const members = Object.entries(declaration).filter(([member]) => !writeOnly.includes(member));
  return Object.fromEntries(members) as Omit<T, WriteOnlyMember>;
}
