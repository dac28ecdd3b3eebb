import schema from '../../../schema.json';
import type { Declaration } from './declaration';

/** What a check is told beside the declaration. */
export interface CheckContext {
  /** The Region that the stack runs in. */
  readonly poolRegion: string;
  readonly operation: 'create' | 'update';
}

/** A rule on the declaration alone: undefined, or what is wrong and what to do, in one sentence each. */
export type DeclarationCheck = (declared: Declaration, context: CheckContext) => string | undefined;

const declarable = Object.entries(
  schema.properties as Readonly<Record<string, { type: string; maxLength?: number }>>,
).filter(([name]) => !schema.readOnlyProperties.includes(`/properties/${name}`));
const words = { string: 'a string', boolean: 'true or false', integer: 'a whole number' };

/**
 * Splits a declaration into its well-typed part and a sentence for each property that is of another type, or empty where
 * it may be left out, or longer than the schema allows: the rules need not be quick on endless texts.
 */
export function wellTyped(declared: Partial<Declaration>): { typed: Declaration; problems: readonly string[] } {
  const typed: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [property, { type, maxLength = Number.POSITIVE_INFINITY }] of declarable) {
    const member = property.charAt(0).toLowerCase() + property.slice(1);
    const value: unknown = declared[member as keyof Declaration];
    if (value === undefined || value === null) continue;
    if (value === '' && !schema.required.includes(property))
      problems.push(`${property} is empty: leave it out (AWS::NoValue), or write a value.`);
    else if (typeof value !== (type === 'integer' ? 'number' : type))
      problems.push(`${property} is ${JSON.stringify(value)}: write ${words[type as keyof typeof words]}.`);
    else if (typeof value === 'string' && value.length > maxLength && !schema.required.includes(property))
      problems.push(`${property} has ${value.length} characters: write at most ${maxLength}.`);
    else typed[member] = value;
  }
  return { typed: typed as unknown as Declaration, problems };
}

const poolIdPattern = /^[\w-]+_[0-9a-zA-Z]+$/;

/** A user pool's id has at most 55 characters of Cognito's own pattern. */
export const userPoolId: DeclarationCheck = ({ userPoolId: id }) => {
  if (id === undefined) return 'UserPoolId is missing: write the id of the user pool.';
  if (id.length <= 55 && poolIdPattern.test(id)) return undefined;
  return `UserPoolId ${JSON.stringify(id)} is not the id of a user pool: write it as Cognito shows it, such as eu-west-1_AbCdEf123.`;
};

export const emailSendingAccount: DeclarationCheck = ({ emailSendingAccount: sender }) => {
  if (sender === 'COGNITO_DEFAULT' || sender === 'DEVELOPER') return undefined;
  const found = sender === undefined ? 'is missing' : `is ${JSON.stringify(sender)}`;
  return `EmailSendingAccount ${found}: write DEVELOPER (your own SES) or COGNITO_DEFAULT (Cognito's).`;
};

export const configurationSet: DeclarationCheck = (declared) => {
  const { configurationSet: name } = declared;
  if (name === undefined) return undefined;
  if (declared.emailSendingAccount === 'COGNITO_DEFAULT') {
    return 'ConfigurationSet works with EmailSendingAccount DEVELOPER only: take it out, or send as DEVELOPER.';
  }
  if (/^[a-zA-Z0-9_-]{1,64}$/.test(name)) return undefined;
  return `ConfigurationSet ${JSON.stringify(name)} is not a name that SES gives: write 1 to 64 letters, digits, _ and -.`;
};

export const verificationTimeoutMinutes: DeclarationCheck = ({ verificationTimeoutMinutes: minutes }) => {
  if (minutes === undefined || (Number.isInteger(minutes) && minutes >= 0 && minutes <= 600)) return undefined;
  return `VerificationTimeoutMinutes is ${minutes}: write a whole number of minutes from 0 to 600.`;
};
