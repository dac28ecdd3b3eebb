import { emailSetup } from './email-setup';
import type { ResourceType } from './resource-type';
import { configurationSet, emailIdentity } from './ses';
import { userPool } from './user-pool';

/** The type of this project. */
export const emailSetupType = 'Org::Cognito::EmailSetup';

/** The resource types that a local stack creates. Resources of other types are skipped where no other one needs them. */
export const supportedTypes: Readonly<Record<string, ResourceType>> = {
  [emailSetupType]: emailSetup,
  'AWS::Cognito::UserPool': userPool,
  'AWS::SES::EmailIdentity': emailIdentity,
  'AWS::SES::ConfigurationSet': configurationSet,
};
