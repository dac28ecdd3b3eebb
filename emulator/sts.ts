import { AwsException } from './errors';
import type { Credentials } from './types';

/** Runs one of the two operations of STS that `cfn test` calls. Returns the XML; throws `AwsException`. */
export function handleSts(operation: string, account: string, credentials: Credentials): string {
  const wrap = (result: string) =>
    `<${operation}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${operation}Result>${result}</${operation}Result></${operation}Response>`;
  if (operation === 'GetCallerIdentity') {
    const user = `arn:aws:iam::${account}:user/local`;
    return wrap(`<Account>${account}</Account><Arn>${user}</Arn><UserId>AIDALOCAL</UserId>`);
  }
  if (operation !== 'GetSessionToken')
    throw new AwsException(400, 'InvalidAction', `Could not find operation ${operation}`);
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  return wrap(
    `<Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey><SessionToken>${sessionToken}</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>`,
  );
}
