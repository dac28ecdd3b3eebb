import schema from '../../schema.json';
import * as ofSchema from '../../src/domain/declaration/schema';

type Property = ofSchema.SchemaProperty;

const types: Readonly<Record<string, string>> = {
  string: 'String',
  boolean: 'Boolean',
  integer: 'Integer',
  array: 'List of String',
};

const kindOf = ({ readOnly, writeOnly, required }: Property): string => {
  if (readOnly) return '`Fn::GetAtt`';
  if (writeOnly) return 'write-only';
  return required ? 'required' : '';
};

/** One row a property. */
export function propertyTable(): string {
  const rows = ofSchema.properties.map(
    (property) => `| \`${property.name}\` | ${kindOf(property)} | ${shown(property.description)} |`,
  );
  return ['| Property | | |', '|---|---|---|', ...rows].join('\n');
}

/** What may be declared, as a template has it. */
export function syntax(): string {
  const lines = ofSchema.declarable.map(({ name, type }) => `  ${name}: ${types[type]}`);
  return ['```yaml', `Type: ${schema.typeName}`, 'Properties:', ...lines, '```'].join('\n');
}

/** A section for each property that may be declared. */
export function properties(): string {
  return ofSchema.declarable.map(section).join('\n\n');
}

/** A section for each attribute. */
export function returnValues(): string {
  const attributes = ofSchema.readOnly.map(
    ({ name, description, type }) => `### \`${name}\`\n\n${shown(description)}\n\n- Type: ${types[type]}`,
  );
  return attributes.join('\n\n');
}

function section(property: Property): string {
  const { name, type, enum: words, pattern, minimum, maximum, default: standard } = property;
  const facts = [
    `Type: ${types[type]}`,
    `Required: ${property.required ? 'yes' : 'no'}`,
    ...(words ? [`Allowed values: ${words.map((word) => `\`${word}\``).join(', ')}`] : []),
    ...lengthOf(property),
    ...(minimum === undefined ? [] : [`From ${minimum} to ${maximum}`]),
    ...(pattern === undefined ? [] : [`Pattern: \`${pattern}\``]),
    ...(standard === undefined ? [] : [`Default: \`${standard}\``]),
    ...(property.writeOnly ? ['Write-only: instructs one operation, is stored nowhere and never returned'] : []),
    `Update requires: ${schema.createOnlyProperties.includes(`/properties/${name}`) ? 'replacement' : 'no interruption'}`,
  ];
  return [`### \`${name}\``, '', shown(property.description), '', ...facts.map((fact) => `- ${fact}`)].join('\n');
}

function lengthOf({ minLength, maxLength }: Property): readonly string[] {
  if (maxLength === undefined) return [];
  return [`Length: ${minLength === undefined ? 'at most' : `${minLength} to`} ${maxLength} characters`];
}

/** A description as Markdown shows it: Cognito's words as code, no HTML out of `<address>`, no end of a table's cell. */
function shown(text: string): string {
  return text.replace(/\b(DEVELOPER|COGNITO_DEFAULT)\b/g, '`$1`').replace(/[<|]/g, '\\$&');
}
