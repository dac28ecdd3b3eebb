import fc from 'fast-check';
import { declarationProblems } from '../../../../src/domain/declaration/parse';
import type { JsonObject } from '../../../../src/domain/json';
import { readBack } from '../../../../src/domain/plan/read-back';
import { ResourceModel } from '../../../../src/model';
import { poolIn } from '../../../support/observed';

const region = 'eu-west-1';
const poolId = 'eu-west-1_A';
const arnOf = (identity: string) => `arn:aws:ses:${region}:111122223333:identity/${identity}`;

function reading(emailConfiguration: JsonObject) {
  return readBack(poolIn(region, { emailConfiguration }));
}

/** What an Update made of Read's answer, as it comes over the wire, is told. */
function said(emailConfiguration: JsonObject): readonly string[] {
  const wire = new ResourceModel(reading(emailConfiguration)).serialize();
  const model = ResourceModel.deserialize(wire);
  expect(model.unknownProperties).toEqual([]);
  return declarationProblems({ raw: model, unknown: [] }, { poolRegion: region, operation: 'update' });
}

const byDomain = { EmailSendingAccount: 'DEVELOPER', SourceArn: arnOf('example.com') };

test.each<[string, JsonObject]>([
  ['a full stop', { ...byDomain, From: 'SHOP.Example Sign In <a@example.com>' }],
  ['a comma', { ...byDomain, From: 'Acme, Inc. <a@example.com>' }],
  ['an encoded word', { ...byDomain, From: '=?UTF-8?B?5bGx55Sw?= <a@example.com>' }],
  ['an encoded word like our own', { ...byDomain, From: '=?utf-8?B?5bGx55Sw?= <a@example.com>' }],
  ['an unencoded name', { ...byDomain, From: '"山田" <a@example.com>' }],
  ['a domain identity with upper case', { ...byDomain, SourceArn: arnOf('Example.com'), From: 'a@example.com' }],
  ['an address identity with upper case', { ...byDomain, SourceArn: arnOf('Sales@Example.com') }],
  ['an underscore', { ...byDomain, SourceArn: arnOf('my_app.example.com'), From: 'a@my_app.example.com' }],
  ['an odd address', { ...byDomain, SourceArn: arnOf('a..b.@example.com') }],
  ['a label', { ...byDomain, SourceArn: arnOf('a@example.com'), From: 'Shop <a+shop@example.com>' }],
  ['a reply address', { ...byDomain, From: 'a@example.com', ReplyToEmailAddress: 'hilfe@bücher.example' }],
  ['the default sender', { EmailSendingAccount: 'COGNITO_DEFAULT' }],
  ['nothing', {}],
  ['a reply address alone', { EmailSendingAccount: 'COGNITO_DEFAULT', ReplyToEmailAddress: 'a@example.com' }],
  ['a From that nobody declared', { EmailSendingAccount: 'COGNITO_DEFAULT', From: 'a@example.com' }],
  [
    'a set that the default sender does not use',
    { EmailSendingAccount: 'COGNITO_DEFAULT', SourceArn: arnOf('a@example.com'), ConfigurationSet: 'mail' },
  ],
  [
    'a name with the default sender',
    { EmailSendingAccount: 'COGNITO_DEFAULT', SourceArn: arnOf('example.com'), From: 'A <a@example.com>' },
  ],
  [
    'an implied From',
    { EmailSendingAccount: 'COGNITO_DEFAULT', SourceArn: arnOf('a@example.com'), From: 'A <a@example.com>' },
  ],
])('what Read answers of %s can be declared by an Update', (_name, live) => {
  expect(said(live)).toEqual([]);
});

const word = fc.string({ unit: fc.constantFrom(...'aZ9.-_+'), minLength: 1, maxLength: 12 });
const identity = fc
  .tuple(fc.option(word, { nil: undefined }), fc.constantFrom('example.com', 'Example.COM', 'my_app.example.com'))
  .map(([local, domain]) => (local === undefined ? domain : `${local}@${domain}`));
const name = fc.string({ unit: fc.constantFrom(...' aZ9.,"\\():;é山😀=?_'), maxLength: 20 });
const senders = fc.record({
  identity,
  local: word,
  name: fc.option(name, { nil: undefined }),
  how: fc.constantFrom('bare', 'quoted', 'encoded'),
  sender: fc.constantFrom('DEVELOPER', 'COGNITO_DEFAULT'),
  reply: fc.option(fc.constantFrom('a@example.com', 'A@b', 'hilfe@bücher.example', '"x"@example.com'), {
    nil: undefined,
  }),
  set: fc.option(fc.constant('mail'), { nil: undefined }),
});

test('what Read answers of any live sender whose From its identity covers can be declared by an Update', () => {
  fc.assert(
    fc.property(senders, (sent) => {
      const isDomain = !sent.identity.includes('@');
      const address = isDomain ? `${sent.local}@${sent.identity.toLowerCase()}` : sent.identity;
      const spelled = {
        bare: `${sent.name}`,
        quoted: `"${sent.name?.replace(/["\\]/g, '\\$&')}"`,
        encoded: `=?UTF-8?B?${Buffer.from(sent.name ?? '').toString('base64')}?=`,
      };
      const From = sent.name === undefined ? address : `${spelled[sent.how]} <${address}>`;
      const live = {
        EmailSendingAccount: sent.sender,
        SourceArn: arnOf(sent.identity),
        ...((isDomain || sent.name !== undefined) && { From }),
        ...(sent.reply && { ReplyToEmailAddress: sent.reply }),
        ...(sent.set && { ConfigurationSet: sent.set }),
      };
      expect([live, said(live)]).toEqual([live, []]);
    }),
    { numRuns: 2000 },
  );
});

test('the attributes are always there: a GetAtt of what is absent fails a stack', () => {
  const wire = new ResourceModel(reading({ EmailSendingAccount: 'COGNITO_DEFAULT' })).serialize();
  expect(wire).toEqual({ UserPoolId: poolId, EmailSendingAccount: 'COGNITO_DEFAULT', SourceArn: '', SesRegions: [] });
});

const nothing = {
  userPoolId: poolId,
  emailSendingAccount: 'COGNITO_DEFAULT',
  identity: undefined,
  sesRegion: undefined,
  from: undefined,
  replyToEmailAddress: undefined,
  configurationSet: undefined,
  sourceArn: '',
  sesRegions: [],
};
const [ofDomain, ofAddress] = ['example.com', 'a@example.com'].map((identity) => ({
  identity,
  sesRegion: region,
  sourceArn: arnOf(identity),
  sesRegions: [region],
}));
const more = { From: 'A <a@example.com>', ReplyToEmailAddress: 'r@example.com', ConfigurationSet: 'mail' };
test.each<[string, JsonObject, object]>([
  ['nothing', {}, {}],
  ['another word for the sender', { EmailSendingAccount: 'OTHER' }, {}],
  ['the default sender’s own address', more, { replyToEmailAddress: 'r@example.com' }],
  [
    'the default sender with an address',
    { ...more, SourceArn: arnOf('a@example.com') },
    { ...ofAddress, replyToEmailAddress: 'r@example.com' },
  ],
  [
    'the default sender with a domain',
    { ...more, SourceArn: arnOf('example.com') },
    { ...ofDomain, from: 'A <a@example.com>', replyToEmailAddress: 'r@example.com' },
  ],
  [
    'DEVELOPER',
    { ...more, EmailSendingAccount: 'DEVELOPER', SourceArn: arnOf('a@example.com') },
    {
      ...ofAddress,
      emailSendingAccount: 'DEVELOPER',
      from: 'A <a@example.com>',
      replyToEmailAddress: 'r@example.com',
      configurationSet: 'mail',
    },
  ],
  ['an odd ARN', { SourceArn: 'arn' }, { sourceArn: 'arn' }],
])('what Read answers of %s', (_name, live, answer) => expect(reading(live)).toEqual({ ...nothing, ...answer }));
