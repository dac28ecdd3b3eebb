import {
  Action,
  BaseResource,
  type BaseResourceHandlerRequest,
  handlerEvent,
  OperationStatus,
  type Optional,
  ProgressEvent,
  SessionProxy,
} from '@amazon-web-services-cloudformation/cloudformation-cli-typescript-lib';
import type { CognitoIdentityServiceProvider } from 'aws-sdk';
import { ResourceModel } from './models';

class Resource extends BaseResource<ResourceModel> {
  @handlerEvent(Action.Create)
  public async create(
    session: Optional<SessionProxy>,
    request: BaseResourceHandlerRequest<ResourceModel>,
  ): Promise<ProgressEvent<ResourceModel>> {
    const model = new ResourceModel(request.desiredResourceState);
    if (!(session instanceof SessionProxy)) throw new Error('no session');
    const cognito = session.client<CognitoIdentityServiceProvider>('CognitoIdentityServiceProvider', {
      // SDK v2 does not know the environment variable that SDK v3 goes by.
      endpoint: process.env.AWS_ENDPOINT_URL,
    });
    await cognito
      .updateUserPool({
        UserPoolId: String(model.userPoolId),
        EmailConfiguration: { EmailSendingAccount: String(model.emailSendingAccount) },
      })
      .promise();
    const progress = ProgressEvent.progress<ProgressEvent<ResourceModel>>(model);
    progress.status = OperationStatus.Success;
    return progress;
  }
}

export const resource = new Resource(ResourceModel.TYPE_NAME, ResourceModel);
export const entrypoint = resource.entrypoint;
export const testEntrypoint = resource.testEntrypoint;
