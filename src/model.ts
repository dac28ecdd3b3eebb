import {
  type BaseDto,
  BaseModel,
  type Dict,
} from '@amazon-web-services-cloudformation/cloudformation-cli-typescript-lib';
import { type ClassTransformOptions, Exclude, Expose, Transform, type TransformFnParams } from 'class-transformer';
import schema from '../schema.json';
import type { Declaration, EmailSendingAccount } from './domain/declaration/declaration';

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

const toModel = { toClassOnly: true };

/** The resource's properties, typed; class-transformer leads from CloudFormation's wire form to it and back. */
export class ResourceModel extends BaseModel implements Declaration {
  @Exclude() static override readonly TYPE_NAME: string = 'Org::Cognito::EmailSetup';

  @Expose({ name: 'UserPoolId' }) @Transform(asText, toModel) userPoolId!: string;
  @Expose({ name: 'EmailSendingAccount' }) @Transform(asText, toModel) emailSendingAccount!: EmailSendingAccount;
  @Expose({ name: 'Identity' }) @Transform(asText, toModel) identity?: string | undefined;
  @Expose({ name: 'SesRegion' }) @Transform(asText, toModel) sesRegion?: string | undefined;
  @Expose({ name: 'From' }) @Transform(asText, toModel) from?: string | undefined;
  @Expose({ name: 'ReplyToEmailAddress' }) @Transform(asText, toModel) replyToEmailAddress?: string | undefined;
  @Expose({ name: 'ConfigurationSet' }) @Transform(asText, toModel) configurationSet?: string | undefined;
  @Expose({ name: 'AllowSandbox' }) @Transform(asBoolean, toModel) allowSandbox?: boolean | undefined;
  @Expose({ name: 'VerificationTimeoutMinutes' })
  @Transform(asNumber, toModel)
  verificationTimeoutMinutes?: number | undefined;
  @Expose({ name: 'TakeOver' }) @Transform(asBoolean, toModel) takeOver?: boolean | undefined;
  @Expose({ name: 'Revision' }) @Transform(asText, toModel) revision?: string | undefined;
  @Expose({ name: 'SourceArn' }) sourceArn?: string | undefined;
  @Expose({ name: 'SesRegions' }) sesRegions?: readonly string[] | undefined;

  /** Names of properties that came with the request and that the schema does not have. */
  @Exclude() unknownProperties: readonly string[] = [];

  /** The model in a request's wire form, or in the text of it; an absent one is an empty model. */
  static override deserialize<T extends BaseDto>(
    this: new () => T,
    wire: Dict | string,
    options?: ClassTransformOptions,
  ): T {
    const properties = Object.entries((typeof wire === 'string' ? JSON.parse(wire) : wire) ?? {});
    const isKnown = ([name]: readonly [string, unknown]) => Object.hasOwn(schema.properties, name);
    const known = Object.fromEntries(properties.filter(isKnown));
    // biome-ignore lint/complexity/noThisInStatic: the library deserialises the class that it is handed
    const model = BaseModel.deserialize.call(this, known, options) as T;
    const unknownProperties = properties.filter((property) => !isKnown(property)).map(([name]) => name);
    return Object.assign(model, { unknownProperties });
  }
}
