import { BaseModel } from '@amazon-web-services-cloudformation/cloudformation-cli-typescript-lib';
import { Exclude, Expose } from 'class-transformer';

/** A resource model in the form of those that the plugin generates. */
export class ResourceModel extends BaseModel {
  @Exclude() static override readonly TYPE_NAME: string = 'Org::Cognito::EmailSetup';

  @Expose({ name: 'UserPoolId' }) userPoolId?: string;
  @Expose({ name: 'EmailSendingAccount' }) emailSendingAccount?: string;
}
