import {
  CreateConfigurationSetCommand,
  CreateEmailIdentityCommand,
  DeleteConfigurationSetCommand,
  DeleteEmailIdentityCommand,
  GetConfigurationSetCommand,
  GetEmailIdentityCommand,
  ListEmailIdentitiesCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
} from '@aws-sdk/client-sesv2';
import { type EmbeddedAws, startAws } from '../../../emulator/index';
import { clientsOf } from '../clients';

const region = 'eu-west-1';
let aws: EmbeddedAws;
beforeEach(async () => {
  aws = await startAws();
});
afterEach(() => aws.close());
const ses = () => clientsOf(aws, region).ses;
const arn = (resource: string) => `arn:aws:ses:${region}:111122223333:${resource}`;

test.each([
  ['a+b@example.com', 'EMAIL_ADDRESS', undefined],
  ['example.com', 'DOMAIN', 3],
])('%s is created unverified, once, and deleted', async (EmailIdentity, type, tokens) => {
  const create = () => ses().send(new CreateEmailIdentityCommand({ EmailIdentity, Tags: [{ Key: 'a', Value: 'b' }] }));
  await create();
  await expect(create()).rejects.toMatchObject({ name: 'AlreadyExistsException', $metadata: { httpStatusCode: 400 } });
  const get = () => ses().send(new GetEmailIdentityCommand({ EmailIdentity }));
  const identity = await get();
  expect(identity).toMatchObject({
    IdentityType: type,
    VerifiedForSendingStatus: false,
    VerificationStatus: 'PENDING',
  });
  expect([identity.DkimAttributes?.Tokens?.length, identity.Tags]).toEqual([tokens, [{ Key: 'a', Value: 'b' }]]);
  await ses().send(new DeleteEmailIdentityCommand({ EmailIdentity }));
  await expect(get()).rejects.toMatchObject({ name: 'NotFoundException', $metadata: { httpStatusCode: 404 } });
});

test('identities are listed in pages', async () => {
  for (const name of ['a.example', 'b.example', 'c.example']) aws.region(region).ses.addIdentity(name);
  const first = await ses().send(new ListEmailIdentitiesCommand({ PageSize: 2 }));
  const second = await ses().send(new ListEmailIdentitiesCommand({ PageSize: 2, NextToken: first.NextToken }));
  const names = [first, second].map((page) => page.EmailIdentities?.map(({ IdentityName }) => IdentityName));
  expect([names, second.NextToken]).toEqual([[['a.example', 'b.example'], ['c.example']], undefined]);
});

test('configuration sets exist once, in one Region, and carry tags', async () => {
  const create = new CreateConfigurationSetCommand({
    ConfigurationSetName: 's',
    SendingOptions: { SendingEnabled: false },
  });
  await ses().send(create);
  await expect(ses().send(create)).rejects.toMatchObject({ name: 'AlreadyExistsException' });
  const get = new GetConfigurationSetCommand({ ConfigurationSetName: 's' });
  expect((await ses().send(get)).SendingOptions).toEqual({ SendingEnabled: false });
  await expect(clientsOf(aws, 'us-east-1').ses.send(get)).rejects.toMatchObject({ name: 'NotFoundException' });
  const ResourceArn = arn('configuration-set/s');
  await ses().send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: 'a', Value: 'b' }] }));
  const { Tags } = await ses().send(new ListTagsForResourceCommand({ ResourceArn }));
  expect(Tags).toEqual([{ Key: 'a', Value: 'b' }]);
  const remove = new DeleteConfigurationSetCommand({ ConfigurationSetName: 's' });
  await ses().send(remove);
  await expect(ses().send(remove)).rejects.toMatchObject({ name: 'NotFoundException' });
});
