import { memberOf, type SchemaProperty } from '../../src/domain/declaration/schema';

/** TypeScript for a property, by the schema's type. */
export type Types = Readonly<Record<SchemaProperty['type'], string>>;

/** A doc comment of lines that fit. */
export function comment(text: string): string {
  const lines = (text.match(/.{1,112}(?:\s|$)/g) ?? []).map((line) => line.trim());
  return lines.length === 1
    ? `  /** ${lines[0]} */`
    : ['  /**', ...lines.map((line) => `   * ${line}`), '   */'].join('\n');
}

/** A property as a member that is declared, with its description; optional where the schema does not require it. */
export function declaredMember(property: SchemaProperty, types: Types): string {
  const type = typeOf(property, types);
  const member = memberOf(property.name);
  const signature = property.required ? `${member}: ${type}` : `${member}?: ${type} | undefined`;
  return `${comment(property.description)}\n  readonly ${signature};`;
}

/** A property as a member that is always there. */
export function presentMember(property: SchemaProperty, types: Types): string {
  return `${comment(property.description)}\n  readonly ${memberOf(property.name)}: ${typeOf(property, types)};`;
}

function typeOf(property: SchemaProperty, types: Types): string {
  return property.enum?.map((word) => `'${word}'`).join(' | ') ?? types[property.type];
}
