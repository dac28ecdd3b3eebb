import {
  CognitoIdentityProviderClient,
  CreateUserPoolCommand,
  type CreateUserPoolCommandInput,
  DeleteUserPoolCommand,
  UpdateUserPoolCommand,
  type UserPoolType,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Json, JsonObject } from '../../emulator/types';
import type { Known } from '../functions';
import { isObject } from '../template';
import { UnsupportedTemplateError } from '../unsupported-template';
import { asking, clientOf, type ResourceType, type StackContext } from './type';

const createOnly = ['Schema', 'AliasAttributes', 'UsernameAttributes', 'UsernameConfiguration'];

/** What CloudFormation sets by SetUserPoolMfaConfig, which the embedded AWS does not have. */
const ofMfa = [
  'EnabledMfas',
  'EmailAuthenticationMessage',
  'EmailAuthenticationSubject',
  'WebAuthnFactorConfiguration',
  'WebAuthnRelyingPartyID',
  'WebAuthnUserVerification',
];

/**
 * AWS::Cognito::UserPool: an update sends what the template declares and nothing else, as CloudFormation does. What is
 * not declared, a setup's tag and `EmailConfiguration` among it, goes back to Cognito's default.
 */
export const userPool: ResourceType = {
  createOnly,
  create: async (site, properties) => {
    const input = { PoolName: 'example', ...requestOf(site, properties) } as CreateUserPoolCommandInput;
    const { UserPool } = await asking(
      new CognitoIdentityProviderClient(clientOf(site)).send(new CreateUserPoolCommand(input)),
    );
    return known(UserPool ?? {}, site.region);
  },
  update: async (site, made, properties) => {
    const settings = Object.entries(requestOf(site, properties)).filter(([name]) => !createOnly.includes(name));
    const input = { UserPoolId: made.ref, ...Object.fromEntries(settings) };
    const email = () => JSON.stringify(site.aws.region(site.region).cognito.describe(made.ref)['EmailConfiguration']);
    const before = email();
    await asking(new CognitoIdentityProviderClient(clientOf(site)).send(new UpdateUserPoolCommand(input)));
    if (email() !== before) site.report.line(`the pool's own update has changed its EmailConfiguration to ${email()}`);
    return made;
  },
  remove: async (site, made) => {
    await asking(
      new CognitoIdentityProviderClient(clientOf(site)).send(new DeleteUserPoolCommand({ UserPoolId: made.ref })),
    );
  },
};

function known({ Id = '', Arn = '' }: UserPoolType, region: string): Known {
  const name = `cognito-idp.${region}.amazonaws.com/${Id}`;
  const attributes: JsonObject = { Arn, UserPoolId: Id, ProviderName: name, ProviderURL: `https://${name}` };
  return { ref: Id, attribute: (attribute) => attributes[attribute] };
}

/** A request's members for declared properties: CloudFormation gives numbers and booleans the type that the API wants. */
function requestOf({ report }: StackContext, properties: JsonObject): JsonObject {
  const { UserPoolName, ...settings } = properties;
  if (JSON.stringify(settings['EnabledMfas'] ?? []).includes('EMAIL_OTP')) {
    throw new UnsupportedTemplateError(
      'EnabledMfas with EMAIL_OTP is not run here: the embedded AWS has no SetUserPoolMfaConfig.',
    );
  }
  const left = ofMfa.filter((name) => name in settings);
  if (left.length > 0) report.line(`not applied: ${left.join(', ')}`);
  const sent = Object.entries(settings).filter(([name]) => !ofMfa.includes(name));
  return {
    ...(UserPoolName !== undefined && { PoolName: UserPoolName }),
    ...Object.fromEntries(
      sent.map(([name, value]) => [name, isObject(value) && name !== 'UserPoolTags' ? typed(value) : value]),
    ),
  };
}

function typed(value: Json): Json {
  if (Array.isArray(value)) return value.map(typed);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, typed(item)]));
  if (value === 'true' || value === 'false') return value === 'true';
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
}
