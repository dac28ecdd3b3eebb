import schema from '../../schema.json';

/** What a property's entry in `schema.json` may have. */
interface Property {
  readonly description: string;
  readonly type: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: string | number | boolean;
}

const all = Object.entries(schema.properties as Readonly<Record<string, Property>>);
const isIn = (pointers: readonly string[], name: string) => pointers.includes(`/properties/${name}`);
const isReadOnly = (name: string) => isIn(schema.readOnlyProperties, name);
const isWriteOnly = (name: string) => isIn(schema.writeOnlyProperties, name);
const declared = all.filter(([name]) => !isReadOnly(name));
const returned = all.filter(([name]) => isReadOnly(name));

const types: Readonly<Record<string, string>> = {
  string: 'String',
  boolean: 'Boolean',
  integer: 'Integer',
  array: 'List of String',
};

const kindOf = (name: string): string => {
  if (isReadOnly(name)) return '`Fn::GetAtt`';
  if (isWriteOnly(name)) return 'write-only';
  return schema.required.includes(name) ? 'required' : '';
};

/** One row a property. */
export function propertyTable(): string {
  const rows = all.map(([name, { description }]) => `| \`${name}\` | ${kindOf(name)} | ${shown(description)} |`);
  return ['| Property | | |', '|---|---|---|', ...rows].join('\n');
}

/** What may be declared, as a template has it. */
export function syntax(): string {
  const lines = declared.map(([name, { type }]) => `  ${name}: ${types[type]}`);
  return ['```yaml', `Type: ${schema.typeName}`, 'Properties:', ...lines, '```'].join('\n');
}

/** A section for each property that may be declared. */
export function properties(): string {
  return declared.map(([name, property]) => section(name, property)).join('\n\n');
}

/** A section for each attribute. */
export function returnValues(): string {
  const attributes = returned.map(
    ([name, { description, type }]) => `### \`${name}\`\n\n${shown(description)}\n\n- Type: ${types[type]}`,
  );
  return attributes.join('\n\n');
}

function section(name: string, property: Property): string {
  const { type, enum: words, pattern, minimum, maximum, default: standard } = property;
  const facts = [
    `Type: ${types[type]}`,
    `Required: ${schema.required.includes(name) ? 'yes' : 'no'}`,
    ...(words ? [`Allowed values: ${words.map((word) => `\`${word}\``).join(', ')}`] : []),
    ...lengthOf(property),
    ...(minimum === undefined ? [] : [`From ${minimum} to ${maximum}`]),
    ...(pattern === undefined ? [] : [`Pattern: \`${pattern}\``]),
    ...(standard === undefined ? [] : [`Default: \`${standard}\``]),
    ...(isWriteOnly(name) ? ['Write-only: instructs one operation, is stored nowhere and never returned'] : []),
    `Update requires: ${isIn(schema.createOnlyProperties, name) ? 'replacement' : 'no interruption'}`,
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
