import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json, JsonObject } from '../../emulator/types';
import { allowed } from '../support/iam';
import { readTemplate, resolvedResources, templateFiles } from '../support/templates';
import { everything } from './expected-permissions';
import { place } from './template-values';

const root = join(__dirname, '..', '..');
const files = templateFiles().filter((file) => file.startsWith('deploy/') || file === 'resource-role.yaml');
const account = '111122223333';

/** Every statement of every policy of a template, by `resource/Sid`; a trust policy's one statement is `Trust`. */
function statementsOf(file: string): Record<string, JsonObject> {
  const found: Record<string, JsonObject> = {};
  const search = (node: Json | undefined, name: string): void => {
    if (Array.isArray(node)) for (const one of node) search(one, name);
    else if (typeof node === 'object' && node !== null) {
      for (const [key, value] of Object.entries(node)) {
        if (key !== 'Statement') search(value, name);
        else for (const one of value as JsonObject[]) found[`${name}/${one['Sid'] ?? 'Trust'}`] = one;
      }
    }
  };
  for (const [name, resource] of Object.entries(resolvedResources(file, place))) search(resource, name);
  return found;
}

const role = Object.values(statementsOf('resource-role.yaml')).filter(({ Sid }) => Sid);
const trust = (name: string) => [statementsOf('deploy/account.yaml')[`${name}/Trust`] ?? {}];
const log = Object.entries(statementsOf('deploy/account.yaml')).flatMap(([name, one]) =>
  /^LogRole\/(?!Trust)/.test(name) ? [one] : [],
);
const bucket = Object.values(statementsOf('deploy/archive-bucket.yaml'));

test.each(files)('%s grants exactly what is listed here', (file) => {
  const wanted = Object.entries(everything[file] ?? {}).map(([name, statement]) => {
    const Sid = name.replace(/^.*\//, '');
    return [name, { ...(Sid !== 'Trust' && { Sid }), Effect: 'Allow', ...statement }];
  });
  expect(statementsOf(file)).toEqual(Object.fromEntries(wanted));
});

test.each(files)('%s gives a reason beside every Resource "*"', (file) => {
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  for (const [index, line] of lines.entries()) {
    if (!/^\s*(- )?Resource: *(\["\*"\]|"?\*"?)/.test(line)) continue;
    expect([file, index + 1, lines[index - 1]]).toEqual([file, index + 1, expect.stringMatching(/^\s*# /)]);
  }
});

test('the execution role is the same in account.yaml and resource-role.yaml', () => {
  const [alone, together] = ['resource-role.yaml', 'deploy/account.yaml'].map(
    (file) => readTemplate(file).Resources['ExecutionRole']?.Properties,
  );
  expect(together).toEqual(alone);
  expect(alone).toBeDefined();
});

describe('what the policies mean', () => {
  const pool = (owner: string) => `arn:aws:cognito-idp:me-central-1:${owner}:userpool/me-central-1_Pool1`;
  const key = `arn:aws:kms:eu-west-1:${account}:key/1`;
  const [serviceRole, smsRole] = [
    `arn:aws:iam::${account}:role/aws-service-role/email.cognito-idp.amazonaws.com/AWSServiceRoleForAmazonCognitoIdpEmailService`,
    `arn:aws:iam::${account}:role/sms`,
  ];
  const may = (action: string, resource: string, context: Record<string, string> = {}) =>
    allowed(role, { action, resource, context });

  test('pools and identities of the account, and of no other', () => {
    expect(may('cognito-idp:UpdateUserPool', pool(account))).toBe(true);
    expect(may('cognito-idp:UpdateUserPool', pool('444455556666'))).toBe(false);
    expect(may('cognito-idp:DeleteUserPool', pool(account))).toBe(false);
    const identity = (owner: string) => `arn:aws:ses:eu-west-2:${owner}:identity/example.com`;
    expect(may('ses:CreateEmailIdentityPolicy', identity(account))).toBe(true);
    expect(may('ses:CreateEmailIdentityPolicy', identity('444455556666'))).toBe(false);
    expect(may('ses:DeleteEmailIdentity', identity(account))).toBe(false);
    expect(may('ses:TagResource', identity(account))).toBe(false);
  });

  test('one service-linked role, by its name and for its service', () => {
    const service = { 'iam:AWSServiceName': 'email.cognito-idp.amazonaws.com' };
    expect(may('iam:CreateServiceLinkedRole', serviceRole, service)).toBe(true);
    expect(may('iam:CreateServiceLinkedRole', serviceRole)).toBe(false);
    const other = serviceRole.replaceAll('email.cognito-idp', 'autoscaling');
    expect(may('iam:CreateServiceLinkedRole', other, service)).toBe(false);
  });

  test('a role is passed to Cognito only, a key is used through Cognito only', () => {
    expect(may('iam:PassRole', smsRole, { 'iam:PassedToService': 'cognito-idp.amazonaws.com' })).toBe(true);
    expect(may('iam:PassRole', smsRole, { 'iam:PassedToService': 'lambda.amazonaws.com' })).toBe(false);
    expect(may('iam:PassRole', smsRole)).toBe(false);
    for (const action of ['CreateGrant', 'DescribeKey', 'Decrypt', 'Encrypt', 'GenerateDataKey', 'ReEncryptTo']) {
      expect(may(`kms:${action}`, key, { 'kms:ViaService': 'cognito-idp.eu-west-1.amazonaws.com' })).toBe(true);
      expect(may(`kms:${action}`, key, { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' })).toBe(false);
      expect(may(`kms:${action}`, key)).toBe(false);
    }
    expect(may('kms:GenerateDataKeyPair', key, { 'kms:ViaService': 'cognito-idp.eu-west-1.amazonaws.com' })).toBe(
      false,
    );
  });

  test('CloudFormation takes the roles for this type of this account only', () => {
    const request = (type: string, owner = account) => ({
      action: 'sts:AssumeRole',
      resource: '',
      context: {
        'aws:SourceAccount': owner,
        'aws:SourceArn': `arn:aws:cloudformation:eu-west-1:${owner}:type/resource/${type}/00000001`,
      },
    });
    for (const name of ['ExecutionRole', 'LogRole']) {
      expect(allowed(trust(name), request('Org-Cognito-EmailSetup'))).toBe(true);
      expect(allowed(trust(name), request('Org-Cognito-Other'))).toBe(false);
      expect(allowed(trust(name), request('Org-Cognito-EmailSetup', '444455556666'))).toBe(false);
    }
    const silent = { action: 'sts:AssumeRole', resource: '' };
    expect(['ExecutionRole', 'LogRole'].map((name) => allowed(trust(name), silent))).toEqual([false, true]);
  });

  test('the log role writes to its log group, and calls no other service: the metrics are in the log', () => {
    const stream = (group: string) => `arn:aws:logs:eu-west-1:${account}:log-group:${group}:log-stream:one`;
    expect(allowed(log, { action: 'logs:PutLogEvents', resource: stream('the-log') })).toBe(true);
    expect(allowed(log, { action: 'logs:PutLogEvents', resource: stream('another') })).toBe(false);
    expect(allowed(log, { action: 'cloudwatch:PutMetricData', resource: '*' })).toBe(false);
  });

  test('the organisation reads the archive over TLS, and nobody writes it or reads anything else', () => {
    const get = (context: Record<string, string>, key = 'org-cognito-emailsetup/0.2.0/account.yaml') =>
      allowed(bucket, { action: 's3:GetObject', resource: `arn:aws:s3:::the-bucket/${key}`, context });
    const member = { 'aws:PrincipalOrgID': 'o-exampleorg1', 'aws:SecureTransport': 'true' };
    expect(get(member)).toBe(true);
    expect(get({ ...member, 'aws:SecureTransport': 'false' })).toBe(false);
    expect(get({ ...member, 'aws:PrincipalOrgID': 'o-anotherorg1' })).toBe(false);
    expect(get({ 'aws:SecureTransport': 'true' })).toBe(false);
    expect(get(member, 'another/thing')).toBe(false);
    const resource = 'arn:aws:s3:::the-bucket/org-cognito-emailsetup/0.2.0/account.yaml';
    expect(allowed(bucket, { action: 's3:PutObject', resource, context: member })).toBe(false);
  });
});
