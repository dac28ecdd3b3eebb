import {
  CognitoIdentityProviderClient,
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
  DescribeUserPoolCommand,
  paginateListUserPools,
  UpdateUserPoolCommand,
  type UserPoolType,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  CreateEmailIdentityPolicyCommand,
  DeleteEmailIdentityPolicyCommand,
  GetEmailIdentityCommand,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import { sendRaw } from '../src/aws/raw-json';
import { isAddress } from '../src/domain/declaration/identity';
import { type IdentityRef, identityArn } from '../src/domain/identity-ref';
import type { JsonObject } from '../src/domain/json';
import { identitiesOf, trustedPrincipal } from '../src/domain/plan/desired';
import { sendingPolicy } from '../src/domain/plan/sending-policy';
import { poolRefOf } from '../src/domain/pool-ref';
import { type AwsError, awsErrorOf } from './aws-error';
import { withCleanup } from './cleanup';

/** The Region of the pools, and what the questions may use. */
interface Target {
  readonly region: string;
  /** A verified SES identity that nothing depends on: an address or a domain. */
  readonly identity: string;
  /** The identity's Region, where it is not the one that the type would use. */
  readonly sesRegion: string | undefined;
  /** An existing pool; it is only read. */
  readonly userPoolId: string | undefined;
}

/** A pool that is created for one question. */
interface TestPool {
  readonly id: string;
  readonly arn: string;
}

/** The name of every pool that a run creates. */
const poolName = 'email-setup-conformance';

export type TestAccount = ReturnType<typeof openTestAccount>;

/** A real account, with the SDK's own credentials, endpoint and retries. */
export function openTestAccount(target: Target) {
  const { region, identity, sesRegion } = target;
  const cognito = new CognitoIdentityProviderClient({ region });
  const clients = new Map<string, SESv2Client>();
  const ses = (inRegion: string): SESv2Client => {
    const client = clients.get(inRegion) ?? new SESv2Client({ region: inRegion });
    clients.set(inRegion, client);
    return client;
  };
  const declared = { userPoolId: '', emailSendingAccount: 'COGNITO_DEFAULT', identity, sesRegion } as const;
  const identities = identitiesOf(declared, region);

  const describe = async (id: string): Promise<UserPoolType> => {
    const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId: id }));
    if (!UserPool) throw new Error(`DescribeUserPool did not answer with user pool ${id}`);
    return UserPool;
  };

  return {
    ...target,
    cognito,
    ses,
    /** The identity in each Region whose SES Cognito's default sender would use. */
    identities,
    /** A `From` that the identity covers; undefined for an address, which is its own sender. */
    from: isAddress(identity) ? undefined : `conformance@${identity}`,
    describe,
    /** Sends exactly these settings, also those that the SDK does not know. Returns AWS's exception; undefined: accepted. */
    update: async (id: string, settings: JsonObject): Promise<AwsError | undefined> => {
      const command = new UpdateUserPoolCommand({ UserPoolId: id });
      const assertSent = sendRaw(command, { UserPoolId: id, ...settings });
      const error = await awsErrorOf(cognito.send(command));
      assertSent();
      return error;
    },
    /** Creates a pool, calls `use` with it, and deletes it, also where `use` fails. */
    withPool: async <T>(use: (pool: TestPool) => Promise<T>): Promise<T> => {
      const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: poolName }));
      const { Id: id = '', Arn: arn = '' } = UserPool ?? {};
      return withCleanup(
        () => use({ id, arn }),
        () => cognito.send(new DeleteUserPoolCommand({ UserPoolId: id })),
        deleteCommand(region, id),
      );
    },
    /** Commands that delete pools that runs have left, such as one that was stopped or whose response was lost. */
    leftovers: async (): Promise<readonly string[]> => {
      const ids: string[] = [];
      for await (const { UserPools = [] } of paginateListUserPools({ client: cognito }, { MaxResults: 60 })) {
        ids.push(...UserPools.flatMap(({ Id, Name }) => (Name === poolName && Id !== undefined ? [Id] : [])));
      }
      return ids.map((id) => deleteCommand(region, id));
    },
    /** Calls `use` while policies in all Regions allow Cognito to send for the pool as the identity. */
    withSendingPolicies: <T>(pool: TestPool, use: () => Promise<T>): Promise<T> =>
      identities.reduceRight<() => Promise<T>>(
        (inner, ref) => () => withSendingPolicy(ses(ref.region), pool, ref, inner),
        use,
      )(),
    /** Why the identity cannot be used; undefined where it can. */
    reasonUnusable: async (): Promise<string | undefined> => {
      if (identities.length === 0) return `AWS's table has no row for ${region}: say --ses-region.`;
      for (const ref of identities) {
        const found = await ses(ref.region)
          .send(new GetEmailIdentityCommand({ EmailIdentity: identity }))
          .catch((error: Error) => error);
        if (found instanceof Error) return `${identity} in SES of ${ref.region}: ${found.name}: ${found.message}`;
        if (!found.VerifiedForSendingStatus) return `${identity} is not verified in SES of ${ref.region}.`;
      }
      return undefined;
    },
  };
}

const deleteCommand = (region: string, id: string) =>
  `aws cognito-idp delete-user-pool --region ${region} --user-pool-id ${id}`;

function withSendingPolicy<T>(
  ses: SESv2Client,
  pool: TestPool,
  { region, identity }: IdentityRef,
  use: () => Promise<T>,
): Promise<T> {
  const ref = poolRefOf(pool.arn);
  if (!ref) throw new Error(`${pool.arn} is not the ARN of a user pool`);
  const principal = trustedPrincipal('COGNITO_DEFAULT', ref.region, region) ?? '';
  const name = { EmailIdentity: identity, PolicyName: `EmailSetupConformance-${pool.id}` };
  return withCleanup(
    async () => {
      const Policy = sendingPolicy(ref, { region, identity }, principal);
      await ses.send(new CreateEmailIdentityPolicyCommand({ ...name, Policy }));
      return use();
    },
    () => ses.send(new DeleteEmailIdentityPolicyCommand(name)),
    `aws sesv2 delete-email-identity-policy --region ${region} --email-identity ${identity} --policy-name ${name.PolicyName}`,
  );
}

/** The ARN of the identity in its first Region, or with `*` for all of its Regions. */
export function sourceArn(pool: TestPool, { identities, identity }: TestAccount, { allRegions = false } = {}): string {
  const ref = poolRefOf(pool.arn);
  if (!ref) throw new Error(`${pool.arn} is not the ARN of a user pool`);
  return identityArn(ref, { region: allRegions ? '*' : (identities[0]?.region ?? ''), identity });
}
