import {
  CognitoIdentityProviderClient,
  CreateUserPoolCommand,
  type CreateUserPoolCommandInput,
  DeleteUserPoolCommand,
  UpdateUserPoolCommand,
  type UserPoolType,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Json, JsonObject } from '../../emulator/types';
import type { ResourceValues } from '../resource-values';
import type { StackContext } from '../stack-context';
import { isObject } from '../template';
import { UnsupportedTemplateError } from '../unsupported-template';
import type { ResourceType } from './resource-type';
import { clientConfig, withOperationErrors } from './sdk';

const createOnly = ['Schema', 'AliasAttributes', 'UsernameAttributes', 'UsernameConfiguration'];

/** Properties that CloudFormation sets by SetUserPoolMfaConfig, which is not called here. */
const mfaProperties = [
  'EnabledMfas',
  'EmailAuthenticationMessage',
  'EmailAuthenticationSubject',
  'WebAuthnFactorConfiguration',
  'WebAuthnRelyingPartyID',
  'WebAuthnUserVerification',
];

/**
 * AWS::Cognito::UserPool: an update sends only what the template declares, as CloudFormation does. Cognito may reset what it
 * does not declare, such as the `EmailConfiguration` of a setup.
 */
export const userPool: ResourceType = {
  createOnly,
  create: async (context, properties) => {
    const input = { PoolName: 'example', ...toRequest(context, properties) } as CreateUserPoolCommandInput;
    const { UserPool } = await withOperationErrors(
      new CognitoIdentityProviderClient(clientConfig(context)).send(new CreateUserPoolCommand(input)),
    );
    return valuesOf(UserPool ?? {}, context.region);
  },
  update: async (context, { values, properties }) => {
    const settings = Object.entries(toRequest(context, properties)).filter(([name]) => !createOnly.includes(name));
    const input = { UserPoolId: values.ref, ...Object.fromEntries(settings) };
    const email = () =>
      JSON.stringify(context.aws.region(context.region).cognito.describe(values.ref)['EmailConfiguration']);
    const before = email();
    await withOperationErrors(
      new CognitoIdentityProviderClient(clientConfig(context)).send(new UpdateUserPoolCommand(input)),
    );
    if (email() !== before)
      context.report.line(`the pool's own update has changed its EmailConfiguration to ${email()}`);
    return values;
  },
  delete: async (context, values) => {
    await withOperationErrors(
      new CognitoIdentityProviderClient(clientConfig(context)).send(
        new DeleteUserPoolCommand({ UserPoolId: values.ref }),
      ),
    );
  },
};

function valuesOf({ Id = '', Arn = '' }: UserPoolType, region: string): ResourceValues {
  const name = `cognito-idp.${region}.amazonaws.com/${Id}`;
  const attributes: JsonObject = { Arn, UserPoolId: Id, ProviderName: name, ProviderURL: `https://${name}` };
  return { ref: Id, attribute: (attribute) => attributes[attribute] };
}

/** A request for the declared properties. As CloudFormation does, it turns strings into the numbers and booleans of the API. */
function toRequest({ report }: StackContext, properties: JsonObject): JsonObject {
  const { UserPoolName, ...settings } = properties;
  if (JSON.stringify(settings['EnabledMfas'] ?? []).includes('EMAIL_OTP')) {
    throw new UnsupportedTemplateError(
      'EnabledMfas with EMAIL_OTP is not run here: the embedded AWS has no SetUserPoolMfaConfig.',
    );
  }
  const unsupported = mfaProperties.filter((name) => name in settings);
  if (unsupported.length > 0) report.line(`not applied: ${unsupported.join(', ')}`);
  const supported = Object.entries(settings).filter(([name]) => !mfaProperties.includes(name));
  return {
    ...(UserPoolName !== undefined && { PoolName: UserPoolName }),
    ...Object.fromEntries(
      supported.map(([name, value]) => [
        name,
        isObject(value) && name !== 'UserPoolTags' ? parsePrimitives(value) : value,
      ]),
    ),
  };
}

function parsePrimitives(value: Json): Json {
  if (Array.isArray(value)) return value.map(parsePrimitives);
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, parsePrimitives(item)]));
  if (value === 'true' || value === 'false') return value === 'true';
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
}
