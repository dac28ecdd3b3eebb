import { declarable, readOnly, type SchemaProperty } from '../../src/domain/declaration/schema';
import { comment, declaredMember, presentMember, type Types } from './schema-types';

// Numbers and strings carry a token in their own type; a boolean cannot.
const types: Types = { string: 'string', integer: 'number', boolean: 'boolean | IResolvable', array: 'string[]' };

function declared(property: SchemaProperty): string {
  if (property.name !== 'UserPoolId') return declaredMember(property, types);
  const description = `The pool itself, which gives the UserPoolId: ${property.description}`;
  return `${comment(description)}\n  readonly userPool: IUserPool;`;
}

/** The construct's properties and attributes in TypeScript, as the schema has them. */
export function propsSource(): string {
  return `// Made from schema.json by \`npm run generate\`: change the schema, not this file.
import type { IResolvable } from 'aws-cdk-lib';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';

/** What an \`EmailSetup\` declares. */
export interface EmailSetupProps {
${declarable.map(declared).join('\n')}
}

/** What an \`EmailSetup\` knows once it is deployed. */
export interface EmailSetupAttributes {
${readOnly.map((property) => presentMember(property, types)).join('\n')}
}
`;
}
