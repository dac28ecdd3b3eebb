import { waitingFor } from '../../../src/aws/ses-verification';

test('an address waits for the click in the e-mail that SES has sent', () =>
  expect(waitingFor({}, 'a@example.com')).toBe(
    'SES waits for a click on the link that it mailed to a@example.com (send it anew after 24 hours)',
  ));

test('a domain waits for its DKIM records, in the zone that SES names', () => {
  const DkimAttributes = { Tokens: ['one', 'two'], SigningHostedZone: 'dkim.eu-west-1.amazonses.com' };
  expect(waitingFor({ DkimAttributes, VerificationStatus: 'FAILED' }, 'example.com')).toBe(
    'SES (FAILED) waits for these DNS records: one._domainkey.example.com CNAME one.dkim.eu-west-1.amazonses.com, two._domainkey.example.com CNAME two.dkim.eu-west-1.amazonses.com',
  );
  expect(waitingFor({ DkimAttributes: { Tokens: ['one'] } }, 'example.com')).toBe(
    'SES (PENDING) waits for these DNS records: one._domainkey.example.com CNAME one.dkim.amazonses.com',
  );
  expect(waitingFor({}, 'example.com')).toBe('SES (PENDING) waits for the DNS records that it names');
});

test('what SES found at its last check is told as far as it says', () => {
  const checked = { LastCheckedTimestamp: new Date(0) };
  const found = { ...checked, ErrorType: 'HOST_NOT_FOUND', SOARecord: { PrimaryNameServer: 'ns1.example' } } as const;
  expect(waitingFor({ VerificationInfo: checked }, 'example.com')).toMatch(
    /names; it looked last at 1970-01-01T00:00:00\.000Z$/,
  );
  expect(waitingFor({ VerificationInfo: found }, 'example.com')).toMatch(
    /; it looked last at [^,]+, found HOST_NOT_FOUND, asked the name server ns1\.example$/,
  );
});
