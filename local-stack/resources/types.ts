import { emailSetup } from './email-setup';
import { configurationSet, emailIdentity } from './ses';
import type { ResourceType } from './type';
import { userPool } from './user-pool';

/** This project's type, as a template names it. */
export const setupType = 'Org::Cognito::EmailSetup';

/** The resource types that the runner makes. Others are left out, where no value of theirs is needed. */
export const resourceTypes: Readonly<Record<string, ResourceType>> = {
  [setupType]: emailSetup,
  'AWS::Cognito::UserPool': userPool,
  'AWS::SES::EmailIdentity': emailIdentity,
  'AWS::SES::ConfigurationSet': configurationSet,
};
