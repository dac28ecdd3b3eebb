import {
  CognitoIdentityProviderClient,
  CreateUserPoolCommand,
  type CreateUserPoolCommandInput,
  DescribeUserPoolCommand,
  UpdateUserPoolCommand,
  type UserPoolType,
} from '@aws-sdk/client-cognito-identity-provider';
import { CreateEmailIdentityCommand, GetEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import diff from 'microdiff';
import type { Credentials, JsonObject } from '../../emulator/types';
import type { RegionRow } from '../support/setup-kinds';

/** An account of some AWS, looked at through the SDK alone. */
export interface Account {
  readonly url: string;
  readonly credentials: Credentials;
  /** A pool of its own, and identities in every Region of the row. */
  prepare(row: RegionRow): Promise<ComparedPool>;
}

/** One pool and what may be said of it on either AWS. */
export interface ComparedPool {
  readonly poolId: string;
  /** The pool's e-mail and tags, everything else on it that has changed, and what the identities hold. */
  normalizedSnapshot(): Promise<unknown>;
  /** The same with the pool's id, and what is made of it, replaced. */
  neutral(value: unknown): unknown;
  /** Does this AWS refuse such an EmailConfiguration? `of nobody` stands for an identity that is not there. */
  refuses(change: { readonly SourceArn?: string; readonly EmailSendingAccount?: 'DEVELOPER' }): Promise<boolean>;
}

const names = ['no-reply@example.com', 'example.org'];
const settings: CreateUserPoolCommandInput = {
  PoolName: 'customers',
  Policies: { PasswordPolicy: { MinimumLength: 17, TemporaryPasswordValidityDays: 3 } },
  AutoVerifiedAttributes: ['email'],
  LambdaConfig: { PreSignUp: 'arn:aws:lambda:eu-west-2:123456789012:function:pre-sign-up' },
  DeletionProtection: 'ACTIVE',
  UserPoolTags: { team: 'identity' },
};

/** Everything on a pool but its e-mail, its tags, and what changes by itself. */
function othersOf({ LastModifiedDate: _l, AdminCreateUserConfig, ...others }: UserPoolType) {
  // moto keeps it beside TemporaryPasswordValidityDays, which AWS refuses to be sent both of.
  const { UnusedAccountValidityDays: _u, ...admin } = AdminCreateUserConfig ?? {};
  return { ...others, AdminCreateUserConfig: admin };
}

/** `addIdentity` makes a verified identity where the SDK alone cannot verify one. */
export function accountOn(
  endpoint: string,
  credentials: Credentials,
  addIdentity?: (region: string, name: string) => void,
): Account {
  const config = (region: string) => ({ region, endpoint, credentials, maxAttempts: 1 });
  const clients = new Map<string, SESv2Client>();
  const sesIn = (region: string) => {
    const client = clients.get(region) ?? new SESv2Client(config(region));
    clients.set(region, client);
    return client;
  };
  const prepared = new Set<string>();
  const addIdentities = async (region: string) => {
    if (prepared.has(region)) return;
    prepared.add(region);
    for (const name of names) {
      if (addIdentity) addIdentity(region, name);
      else await sesIn(region).send(new CreateEmailIdentityCommand({ EmailIdentity: name }));
    }
  };
  return {
    url: endpoint,
    credentials,
    prepare: async (row) => {
      for (const region of row.sesRegions) await addIdentities(region);
      const cognito = new CognitoIdentityProviderClient(config(row.region));
      const made = await cognito.send(new CreateUserPoolCommand(settings));
      const poolId = made.UserPool?.Id ?? '';
      const describe = async () => {
        const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId: poolId }));
        const { EmailConfiguration, UserPoolTags, ...others } = UserPool ?? {};
        return { EmailConfiguration, UserPoolTags, others: othersOf(others) };
      };
      const before = await describe();
      const policies = async (region: string) => {
        const all = names.map(async (EmailIdentity) => {
          const { Policies, Tags } = await sesIn(region).send(new GetEmailIdentityCommand({ EmailIdentity }));
          const ours = Object.entries(Policies ?? {}).filter(([, policy]) => policy.includes(`userpool/${poolId}`));
          const tags = (Tags ?? []).filter(({ Key }) => Key?.endsWith(`/${poolId}`));
          return { region, EmailIdentity, policies: ours.map(([, policy]) => JSON.parse(policy) as JsonObject), tags };
        });
        return Promise.all(all);
      };
      return {
        poolId,
        normalizedSnapshot: async () => {
          const { others, ...email } = await describe();
          const identities = (await Promise.all(row.sesRegions.map(policies))).flat();
          return { ...email, changed: diff(before.others, others), identities };
        },
        neutral: (value) => {
          const text = JSON.stringify(value).replaceAll(poolId, 'POOL');
          return JSON.parse(text.replaceAll(/v2 [0-9a-f]{16}/g, 'v2 HASH'));
        },
        refuses: async ({ SourceArn, ...change }) => {
          const nobody = `arn:aws:ses:${row.sesRegions[0]}:123456789012:identity/nobody.example`;
          const EmailConfiguration = { ...change, ...(SourceArn !== undefined && { SourceArn: nobody }) };
          return cognito.send(new UpdateUserPoolCommand({ UserPoolId: poolId, EmailConfiguration })).then(
            () => false,
            () => true,
          );
        },
      };
    },
  };
}
