import type { Question } from '../question';

/** Questions that need a role without rights, another service, or the owner of an address. */
export const byHand: readonly Question[] = [
  {
    id: 'service-linked-role-denied',
    asks: 'What does Cognito say where the caller may not create its service-linked role?',
    meanwhile: 'Any denial is `AccessDenied`, and names the action that stands in the text after "perform:".',
    command:
      'aws cognito-idp update-user-pool --profile WITHOUT_IAM --user-pool-id POOL --email-configuration EmailSendingAccount=DEVELOPER,SourceArn=arn:aws:ses:SES_REGION:ACCOUNT:identity/ADDRESS  # in an account without the role',
  },
  {
    id: 'update-rate',
    asks: 'How many UpdateUserPool calls a second may an account make?',
    meanwhile: 'Throttles are waited out, with growing pauses, for 15 minutes.',
    command:
      'aws service-quotas list-service-quotas --service-code cognito-idp --query "Quotas[?contains(QuotaName, \'UserPoolUpdate\')].[QuotaName,Value]"',
  },
  {
    id: 'verification-visible',
    asks: 'How long after SES calls an identity verified does Cognito believe it?',
    meanwhile: 'The refusal "Email address is not verified" is waited out for two minutes where SES says otherwise.',
    command:
      'time until aws cognito-idp update-user-pool --user-pool-id POOL --email-configuration EmailSendingAccount=DEVELOPER,SourceArn=arn:aws:ses:SES_REGION:ACCOUNT:identity/ADDRESS; do sleep 1; done  # started when get-email-identity first says verified',
  },
  {
    id: 'archive-in-another-region',
    asks: 'Does the registry take an archive from a bucket in another Region, an opt-in Region too?',
    meanwhile:
      '`deploy/organisation.yaml` reads one bucket from every Region. Where that is refused, a bucket in each Region does it.',
    command:
      'aws cloudformation register-type --region REGION --type RESOURCE --type-name Org::Cognito::EmailSetup --schema-handler-package s3://BUCKET/org-cognito-emailsetup/VERSION/org-cognito-emailsetup.zip --execution-role-arn ROLE  # BUCKET in another Region',
  },
  {
    id: 'source-of-the-log-role',
    asks: 'Does CloudFormation name the type as `aws:SourceArn` when it assumes the log role?',
    meanwhile: 'The role trusts CloudFormation either way, and checks the source where it is named.',
    command:
      'aws cloudtrail lookup-events --region REGION --lookup-attributes AttributeKey=EventName,AttributeValue=AssumeRole --query "Events[?contains(CloudTrailEvent, \'LogRole\')].CloudTrailEvent"',
  },
];
