const account = '111122223333';
const source = {
  StringEquals: { 'aws:SourceAccount': account },
  StringLike: { 'aws:SourceArn': `arn:aws:cloudformation:*:${account}:type/resource/Org-Cognito-EmailSetup/*` },
};
const assumes = {
  Effect: 'Allow',
  Principal: { Service: 'resources.cloudformation.amazonaws.com' },
  Action: 'sts:AssumeRole',
};
const execution = {
  'ExecutionRole/Trust': { ...assumes, Condition: source },
  'ExecutionRole/UserPools': {
    Action: [
      'cognito-idp:DescribeUserPool',
      'cognito-idp:GetUserPoolMfaConfig',
      'cognito-idp:UpdateUserPool',
      'cognito-idp:TagResource',
      'cognito-idp:UntagResource',
    ],
    Resource: `arn:aws:cognito-idp:*:${account}:userpool/*`,
  },
  'ExecutionRole/ListUserPools': { Action: 'cognito-idp:ListUserPools', Resource: '*' },
  'ExecutionRole/Identities': {
    Action: [
      'ses:GetEmailIdentity',
      'ses:CreateEmailIdentityPolicy',
      'ses:UpdateEmailIdentityPolicy',
      'ses:DeleteEmailIdentityPolicy',
    ],
    Resource: `arn:aws:ses:*:${account}:identity/*`,
  },
  'ExecutionRole/ConfigurationSets': {
    Action: 'ses:GetConfigurationSet',
    Resource: `arn:aws:ses:*:${account}:configuration-set/*`,
  },
  'ExecutionRole/SesAccount': { Action: 'ses:GetAccount', Resource: '*' },
  'ExecutionRole/ServiceLinkedRole': {
    Action: 'iam:CreateServiceLinkedRole',
    Resource: `arn:aws:iam::${account}:role/aws-service-role/email.cognito-idp.amazonaws.com/AWSServiceRoleForAmazonCognitoIdpEmailService`,
    Condition: { StringEquals: { 'iam:AWSServiceName': 'email.cognito-idp.amazonaws.com' } },
  },
  'ExecutionRole/SmsRoleOfThePool': {
    Action: 'iam:PassRole',
    Resource: `arn:aws:iam::${account}:role/*`,
    Condition: { StringEquals: { 'iam:PassedToService': 'cognito-idp.amazonaws.com' } },
  },
  'ExecutionRole/KeysOfThePool': {
    Action: [
      'kms:CreateGrant',
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:Encrypt',
      'kms:GenerateDataKey',
      'kms:GenerateDataKeyWithoutPlaintext',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
    ],
    Resource: `arn:aws:kms:*:${account}:key/*`,
    Condition: { StringLike: { 'kms:ViaService': 'cognito-idp.*.amazonaws.com' } },
  },
};
/**
 * What the roles and the bucket grant, whole, by file and `resource/Sid`: a change here is a change of what a reader has
 * agreed to. `Allow` where no effect is named.
 */
export const everything: Record<string, Record<string, object>> = {
  'resource-role.yaml': execution,
  'deploy/account.yaml': {
    ...execution,
    'LogRole/Trust': {
      ...assumes,
      Condition: { StringEqualsIfExists: source.StringEquals, StringLikeIfExists: source.StringLike },
    },
    'LogRole/Log': {
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: `arn:aws:logs:eu-west-1:${account}:log-group:the-log:*`,
    },
  },
  'deploy/archive-bucket.yaml': {
    'ArchiveBucketPolicy/OnlyOverTls': {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: ['arn:aws:s3:::the-bucket', 'arn:aws:s3:::the-bucket/*'],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
    'ArchiveBucketPolicy/OrganisationReads': {
      Principal: '*',
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::the-bucket/org-cognito-emailsetup/*',
      Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' } },
    },
    'ArchiveBucketPolicy/OrganisationLists': {
      Principal: '*',
      Action: 's3:ListBucket',
      Resource: 'arn:aws:s3:::the-bucket',
      Condition: {
        StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' },
        StringLike: { 's3:prefix': 'org-cognito-emailsetup/*' },
      },
    },
  },
  'deploy/organisation.yaml': {},
};
