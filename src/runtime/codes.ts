import { HandlerErrorCode } from '@amazon-web-services-cloudformation/cloudformation-cli-typescript-lib';
import type { FailureKind } from '../domain/failure';

/** CloudFormation's code for each kind of failure. */
export const codes: { readonly [kind in FailureKind]: HandlerErrorCode } = {
  invalid: HandlerErrorCode.InvalidRequest,
  'not-found': HandlerErrorCode.NotFound,
  'already-exists': HandlerErrorCode.AlreadyExists,
  'not-updatable': HandlerErrorCode.NotUpdatable,
  denied: HandlerErrorCode.AccessDenied,
  credentials: HandlerErrorCode.InvalidCredentials,
  throttled: HandlerErrorCode.Throttling,
  limit: HandlerErrorCode.ServiceLimitExceeded,
  conflict: HandlerErrorCode.ResourceConflict,
  'import-running': HandlerErrorCode.ResourceConflict,
  'not-stabilized': HandlerErrorCode.NotStabilized,
  server: HandlerErrorCode.ServiceInternalError,
  network: HandlerErrorCode.NetworkFailure,
  other: HandlerErrorCode.GeneralServiceException,
};
