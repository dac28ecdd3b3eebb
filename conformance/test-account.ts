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
import { identityArn, parsePoolArn } from '../src/domain/arns';
import { isAddress } from '../src/domain/declaration/identity';
import type { JsonObject } from '../src/domain/json';
import { type IdentityRef, identitiesOf, trustedPrincipal } from '../src/domain/plan/desired';
import { sendingPolicy } from '../src/domain/plan/sending-policy';
import type { Refusal } from './question';

/** Whom to ask, and what may be used for it. */
export interface Target {
  readonly region: string;
  /** A verified SES identity that nothing depends on: an address or a domain. */
  readonly identity: string;
  /** Where the identity is, if not where the type would look first. */
  readonly sesRegion: string | undefined;
  /** A pool that is there already; it is only read. */
  readonly userPoolId: string | undefined;
}

/** A pool made for one question. */
export interface OwnPool {
  readonly id: string;
  readonly arn: string;
}

/** What every pool of ours is called. */
const poolName = 'email-setup-conformance';

export type TestAccount = ReturnType<typeof openTestAccount>;

/** Opens a real account's sandbox, with the SDK's own credentials, endpoint and retries. */
export function openTestAccount(target: Target) {
  const { region, identity, sesRegion } = target;
  const cognito = new CognitoIdentityProviderClient({ region });
  const clients = new Map<string, SESv2Client>();
  const ses = (where: string): SESv2Client => {
    const client = clients.get(where) ?? new SESv2Client({ region: where });
    clients.set(where, client);
    return client;
  };
  const declared = { userPoolId: '', emailSendingAccount: 'COGNITO_DEFAULT', identity, sesRegion } as const;
  const places = identitiesOf(declared, region);

  const describe = async (id: string): Promise<UserPoolType> => {
    const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId: id }));
    if (!UserPool) throw new Error(`DescribeUserPool did not answer with user pool ${id}`);
    return UserPool;
  };

  return {
    ...target,
    cognito,
    ses,
    /** The identity in each Region that Cognito's default sender would use. */
    places,
    /** A `From` that the identity covers; undefined for an address, which is its own sender. */
    from: isAddress(identity) ? undefined : `conformance@${identity}`,
    describe,
    /** Sends exactly these settings, known to the SDK or not. Answers AWS's refusal; undefined: it was accepted. */
    update: async (id: string, settings: JsonObject): Promise<Refusal | undefined> => {
      const command = new UpdateUserPoolCommand({ UserPoolId: id });
      const assertSent = sendRaw(command, { UserPoolId: id, ...settings });
      const refused = await refusal(cognito.send(command));
      assertSent();
      return refused;
    },
    /** Makes a pool, hands it over, and deletes it whatever happens. */
    withPool: async <T>(use: (pool: OwnPool) => Promise<T>): Promise<T> => {
      const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: poolName }));
      const { Id: id = '', Arn: arn = '' } = UserPool ?? {};
      return cleaningUp(
        () => use({ id, arn }),
        () => cognito.send(new DeleteUserPoolCommand({ UserPoolId: id })),
        deletion(region, id),
      );
    },
    /** Commands that delete pools of ours which are still there: a run that was stopped, a creation whose answer was lost. */
    leftovers: async (): Promise<readonly string[]> => {
      const ids: string[] = [];
      for await (const { UserPools = [] } of paginateListUserPools({ client: cognito }, { MaxResults: 60 })) {
        ids.push(...UserPools.flatMap(({ Id, Name }) => (Name === poolName && Id !== undefined ? [Id] : [])));
      }
      return ids.map((id) => deletion(region, id));
    },
    /** Lets Cognito send for the pool as the identity, everywhere, for as long as `use` runs. */
    withGrant: <T>(pool: OwnPool, use: () => Promise<T>): Promise<T> =>
      places.reduceRight<() => Promise<T>>(
        (inner, place) => () => granted(ses(place.region), pool, place, inner),
        use,
      )(),
    /** Why the identity cannot be used, if it cannot. */
    unusable: async (): Promise<string | undefined> => {
      if (places.length === 0) return `AWS's table has no row for ${region}: say --ses-region.`;
      for (const place of places) {
        const seen = await ses(place.region)
          .send(new GetEmailIdentityCommand({ EmailIdentity: identity }))
          .catch((error: Error) => error);
        if (seen instanceof Error) return `${identity} in SES of ${place.region}: ${seen.name}: ${seen.message}`;
        if (!seen.VerifiedForSendingStatus) return `${identity} is not verified in SES of ${place.region}.`;
      }
      return undefined;
    },
  };
}

const deletion = (region: string, id: string) =>
  `aws cognito-idp delete-user-pool --region ${region} --user-pool-id ${id}`;

function granted<T>(
  ses: SESv2Client,
  pool: OwnPool,
  { region, identity }: IdentityRef,
  use: () => Promise<T>,
): Promise<T> {
  const arn = parsePoolArn(pool.arn);
  if (!arn) throw new Error(`${pool.arn} is not the ARN of a user pool`);
  const principal = trustedPrincipal('COGNITO_DEFAULT', arn.region, region) ?? '';
  const name = { EmailIdentity: identity, PolicyName: `EmailSetupConformance-${pool.id}` };
  return cleaningUp(
    async () => {
      const Policy = sendingPolicy(arn, region, identity, principal);
      await ses.send(new CreateEmailIdentityPolicyCommand({ ...name, Policy }));
      return use();
    },
    () => ses.send(new DeleteEmailIdentityPolicyCommand(name)),
    `aws sesv2 delete-email-identity-policy --region ${region} --email-identity ${identity} --policy-name ${name.PolicyName}`,
  );
}

/** The ARN of the identity in the first of its Regions, or `*` for all of them. */
export function sourceArn(pool: OwnPool, { places, identity }: TestAccount, everywhere = false): string {
  const arn = parsePoolArn(pool.arn);
  if (!arn) throw new Error(`${pool.arn} is not the ARN of a user pool`);
  return identityArn(arn, everywhere ? '*' : (places[0]?.region ?? ''), identity);
}

/** AWS's own refusal of a request; undefined where it was accepted. Anything that is no answer of AWS's is thrown. */
export async function refusal(answer: Promise<unknown>): Promise<Refusal | undefined> {
  try {
    await answer;
    return undefined;
  } catch (error) {
    if (error instanceof Error && '$fault' in error && error.$fault === 'client') return error;
    throw error;
  }
}

/** Runs `use`, then `clean`; what could not be cleaned up is said with the command that does it. */
async function cleaningUp<T>(use: () => Promise<T>, clean: () => Promise<unknown>, byHand: string): Promise<T> {
  try {
    return await use();
  } finally {
    await clean().catch((error: Error) => {
      // A policy that was never made is gone already.
      if (error.name !== 'NotFoundException') throw new LeftBehind(error, byHand);
    });
  }
}

/** Something of ours is left in the account. */
export class LeftBehind extends Error {
  constructor(cause: Error, byHand: string) {
    super(`could not be removed again (${cause.name}: ${cause.message}): ${byHand}`);
  }
}
