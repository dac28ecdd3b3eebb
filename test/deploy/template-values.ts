import type { JsonObject } from '../../emulator/types';

/** What the references of the templates in `deploy/` stand for in the tests. */
export const place: JsonObject = {
  'AWS::Partition': 'aws',
  'AWS::AccountId': '111122223333',
  'AWS::Region': 'eu-west-1',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': 'email-setup',
  OrganizationId: 'o-exampleorg1',
  OrganizationalUnitIds: ['ou-abcd-11111111'],
  Regions: ['eu-west-1', 'us-east-1'],
  ArchiveBucket: 'the-bucket',
  'ArchiveBucket.Arn': 'arn:aws:s3:::the-bucket',
  'ExecutionRole.Arn': 'arn:aws:iam::111122223333:role/execution',
  LogGroup: 'the-log',
  'LogGroup.Arn': 'arn:aws:logs:eu-west-1:111122223333:log-group:the-log:*',
  'LogRole.Arn': 'arn:aws:iam::111122223333:role/log',
  TypeVersion: 'arn:aws:cloudformation:eu-west-1:111122223333:type/resource/Org-Cognito-EmailSetup/00000001',
};
