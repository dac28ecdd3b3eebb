import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import schema from '../schema.json';

/** Where the construct's typed properties are: made here, committed, and compared by a test. */
export const propsFile = join(__dirname, '..', 'cdk', 'src', 'props.ts');

interface Property {
  readonly description: string;
  readonly type: string;
  readonly enum?: readonly string[];
}

const properties: Readonly<Record<string, Property>> = schema.properties;
const readOnly = schema.readOnlyProperties.map((pointer) => pointer.replace('/properties/', ''));

// Numbers and strings carry a token in their own type; a boolean cannot.
const types: Readonly<Record<string, string>> = {
  string: 'string',
  integer: 'number',
  boolean: 'boolean | IResolvable',
  array: 'string[]',
};

const typeOf = (property: Property) =>
  property.enum?.map((word) => `'${word}'`).join(' | ') ?? types[property.type] ?? 'unknown';

const memberOf = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

/** A doc comment of lines that fit. */
function comment(text: string): string {
  const lines = (text.match(/.{1,112}(?:\s|$)/g) ?? []).map((line) => line.trim());
  return lines.length === 1
    ? `  /** ${lines[0]} */`
    : ['  /**', ...lines.map((line) => `   * ${line}`), '   */'].join('\n');
}

function declared(name: string, property: Property): string {
  if (name === 'UserPoolId') {
    return `${comment(`The pool itself, which gives the ${name}: ${property.description}`)}\n  readonly userPool: IUserPool;`;
  }
  const type = typeOf(property);
  const member = schema.required.includes(name)
    ? `${memberOf(name)}: ${type}`
    : `${memberOf(name)}?: ${type} | undefined`;
  return `${comment(property.description)}\n  readonly ${member};`;
}

/** The construct's properties and attributes in TypeScript, as the schema has them. */
export function propsSource(): string {
  const entries = Object.entries(properties);
  const props = entries
    .filter(([name]) => !readOnly.includes(name))
    .map(([name, property]) => declared(name, property));
  const attributes = entries
    .filter(([name]) => readOnly.includes(name))
    .map(([name, property]) => `${comment(property.description)}\n  readonly ${memberOf(name)}: ${typeOf(property)};`);
  return `// Made from schema.json by \`npm run cdk:props\`: change the schema, not this file.
import type { IResolvable } from 'aws-cdk-lib';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';

/** What an \`EmailSetup\` declares. */
export interface EmailSetupProps {
${props.join('\n')}
}

/** What an \`EmailSetup\` knows once it is deployed. */
export interface EmailSetupAttributes {
${attributes.join('\n')}
}
`;
}

if (require.main === module) writeFileSync(propsFile, propsSource());
