import { declarable, memberOf, readOnly } from '../../src/domain/declaration/schema';
import { declaredMember, presentMember, type Types } from './schema-types';

const types: Types = { string: 'string', integer: 'number', boolean: 'boolean', array: 'readonly string[]' };

/** Where the declaration's type is, from the root of the repository. */
export const declarationFile = 'src/domain/declaration/declaration.generated.ts';

/** The declaration's type in TypeScript, as the schema has it. */
export function declarationSource(): string {
  const writeOnly = declarable.filter((property) => property.writeOnly).map(({ name }) => `'${memberOf(name)}'`);
  return `// Made from schema.json by \`npm run generate\`: change the schema, not this file.

/** What a template declares. */
export interface Declaration {
${declarable.map((property) => declaredMember(property, types)).join('\n')}
}

/** What the resource returns beside what was declared. */
export interface Attributes {
${readOnly.map((property) => presentMember(property, types)).join('\n')}
}

/** The members of a declaration that no final answer carries. */
export type WriteOnlyMember = ${writeOnly.join(' | ')};
`;
}
