import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '../../package.json';
import schema from '../../schema.json';
import { readTemplate, resolvedResources } from '../support/templates';
import { place } from './template-values';

const root = join(__dirname, '..', '..');
const [accountFile, organisationFile] = ['deploy/account.yaml', 'deploy/organisation.yaml'];
const account = resolvedResources(accountFile, place);
const organisation = resolvedResources(organisationFile, place);
const bucket = resolvedResources('deploy/archive-bucket.yaml', place);
const retained = { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' };

test('an account registers the archive of the version that this is, with roles and a log of its own', () => {
  expect(account['TypeVersion']?.Properties).toEqual({
    TypeName: schema.typeName,
    SchemaHandlerPackage: `s3://the-bucket/org-cognito-emailsetup/${version}/org-cognito-emailsetup.zip`,
    ExecutionRoleArn: place['ExecutionRole.Arn'],
    LoggingConfig: { LogGroupName: 'the-log', LogRoleArn: place['LogRole.Arn'] },
  });
  expect(account['DefaultVersion']?.Properties).toEqual({ TypeVersionArn: place['TypeVersion'] });
});

test('nothing that an account gets has a fixed name, so that no Region and no second stack collides', () => {
  for (const { Type, Properties = {} } of Object.values(account)) {
    expect([Type, Object.keys(Properties).filter((key) => /^(Role|Bucket|LogGroup)Name$/.test(key))]).toEqual([
      Type,
      [],
    ]);
  }
  expect(organisation['Registration']?.Properties?.['Capabilities']).toEqual(['CAPABILITY_IAM']);
});

test('what stacks may still need stays when a stack goes, and when a version is replaced', () => {
  for (const [name, resource] of Object.entries({ ...account, ...organisation, ...bucket })) {
    // Its Delete does nothing: a type always has a default version.
    if (name !== 'DefaultVersion') expect([name, resource]).toEqual([name, expect.objectContaining(retained)]);
  }
});

test('the StackSet reaches new accounts, keeps the type in those that leave, and stops at the first failure', () => {
  expect(organisation['Registration']?.Properties).toMatchObject({
    PermissionModel: 'SERVICE_MANAGED',
    AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: true },
    ManagedExecution: { Active: true },
    OperationPreferences: {
      RegionConcurrencyType: 'SEQUENTIAL',
      RegionOrder: place['Regions'],
      MaxConcurrentPercentage: 25,
      FailureTolerancePercentage: 0,
      ConcurrencyMode: 'SOFT_FAILURE_TOLERANCE',
    },
    StackInstancesGroup: [
      { DeploymentTargets: { OrganizationalUnitIds: place['OrganizationalUnitIds'] }, Regions: place['Regions'] },
    ],
  });
});

test('the StackSet takes account.yaml of the same release and hands on every one of its parameters, with the same rules', () => {
  const { TemplateURL, Parameters } = organisation['Registration']?.Properties ?? {};
  const url = `https://the-bucket.s3.eu-west-1.amazonaws.com/org-cognito-emailsetup/${version}/account.yaml`;
  expect(TemplateURL).toBe(url);
  expect(existsSync(join(root, accountFile))).toBe(true);
  const [inner = {}, outer = {}] = [accountFile, organisationFile].map((file) => readTemplate(file).Parameters);
  expect((Parameters as { ParameterKey: string }[]).map(({ ParameterKey }) => ParameterKey)).toEqual(
    Object.keys(inner),
  );
  for (const [name, { Description: _its, ...rules }] of Object.entries(inner)) expect(outer[name]).toMatchObject(rules);
});

test('every parameter says what it is for and has a rule', () => {
  for (const file of [accountFile, organisationFile, 'deploy/archive-bucket.yaml']) {
    for (const [name, parameter] of Object.entries(readTemplate(file).Parameters ?? {})) {
      const rules = Object.keys(parameter).filter((key) => /^(Allowed(Pattern|Values)|MinValue)$/.test(key));
      expect([name, parameter['Description'], rules]).toEqual([name, expect.any(String), [expect.any(String)]]);
      if (rules[0] === 'AllowedPattern') expect(parameter).toHaveProperty('ConstraintDescription');
    }
  }
});

test('the bucket is versioned, encrypted, closed to the public and to foreign owners', () => {
  expect(bucket['ArchiveBucket']?.Properties).toEqual({
    VersioningConfiguration: { Status: 'Enabled' },
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
    },
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
  });
});
