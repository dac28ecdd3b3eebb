import type { Question } from '../question';

/** Questions that only a person can answer: they need another role, another service or the owner of an address. */
export const manualQuestions: readonly Question[] = [
  {
    id: 'service-linked-role-denied',
    asks: 'What does Cognito say where the caller may not create its service-linked role?',
    meanwhile: 'Any denial is `AccessDenied`, and names the action that stands in the text after "perform:".',
    command:
      'aws cognito-idp update-user-pool --profile WITHOUT_IAM --user-pool-id POOL --email-configuration EmailSendingAccount=DEVELOPER,SourceArn=arn:aws:ses:SES_REGION:ACCOUNT:identity/ADDRESS  # in an account without the role',
  },
  {
    id: 'verification-visible',
    asks: 'How long after SES calls an identity verified does Cognito believe it?',
    meanwhile:
      'Two refusals are reported for it, "Email address is not verified" and "Amazon SES account is in Sandbox. Verify …": both are waited out for two minutes where SES says otherwise.',
    command:
      'time until aws cognito-idp update-user-pool --user-pool-id POOL --email-configuration EmailSendingAccount=DEVELOPER,SourceArn=arn:aws:ses:SES_REGION:ACCOUNT:identity/ADDRESS; do sleep 1; done  # started when get-email-identity first says verified',
  },
  {
    id: 'archive-in-another-region',
    asks: 'Does the registry of an opt-in Region take an archive from a bucket in another Region?',
    meanwhile:
      '`deploy/organisation.yaml` reads one bucket from every Region. Where that is refused, a bucket in each Region does it.',
    command:
      'aws cloudformation register-type --region REGION --type RESOURCE --type-name Org::Cognito::EmailSetup --schema-handler-package s3://BUCKET/org-cognito-emailsetup/VERSION/org-cognito-emailsetup.zip --execution-role-arn ROLE  # REGION an opt-in one, BUCKET in another',
  },
  {
    id: 'source-of-the-log-role',
    asks: 'Does CloudFormation name the type as `aws:SourceArn` when it assumes the log role?',
    meanwhile: 'The role trusts CloudFormation either way, and checks the source where it is named.',
    command:
      'aws cloudtrail lookup-events --region REGION --lookup-attributes AttributeKey=EventName,AttributeValue=AssumeRole --query "Events[?contains(CloudTrailEvent, \'LogRole\')].CloudTrailEvent"',
  },
  {
    id: 'role-conditions',
    asks: 'Are `aws:SourceAccount` and `aws:SourceArn` absent from the conditions of a policy when Cognito sends with its service-linked role?',
    meanwhile:
      'That is how the type reads IAM: a role sends in its own name. So a policy that denies "all but our account" by `aws:SourceAccount` is taken to deny the role.',
    command:
      'aws sesv2 create-email-identity-policy --region SES_REGION --email-identity ADDRESS --policy-name EmailSetupConformance-deny --policy \'{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"ses:Send*","Resource":"arn:aws:ses:SES_REGION:ACCOUNT:identity/ADDRESS","Condition":{"StringNotEquals":{"aws:SourceAccount":"ACCOUNT"}}}]}\' && aws cognito-idp admin-create-user --user-pool-id DEVELOPER_POOL --username a --user-attributes Name=email,Value=YOUR_ADDRESS  # does the invitation arrive?',
  },
  {
    id: 'default-sender-own-texts',
    asks: "Does mail under the default sender carry the pool's own texts?",
    meanwhile:
      'The API model says that they are for `DEVELOPER`. Cognito keeps them under either sender, and the type sends them back under either.',
    command:
      'aws cognito-idp sign-up --client-id CLIENT --username YOUR_ADDRESS --password PASSWORD  # in a pool with an EmailMessage of its own and COGNITO_DEFAULT: which text arrives?',
  },
  {
    id: 'forgot-password-beyond-fifty',
    asks: 'What does ForgotPassword answer once the default sender has sent its 50 e-mails of a day?',
    meanwhile: 'The documents of the type say that such e-mails do not arrive, and promise no error.',
    command:
      'for n in $(seq 60); do aws cognito-idp forgot-password --client-id CLIENT --username USER$n; done  # 60 confirmed users of a pool that sends with COGNITO_DEFAULT',
  },
  {
    id: 'govcloud-endpoints',
    asks: 'Does Cognito answer in GovCloud at its plain endpoint, or at its FIPS endpoint alone?',
    meanwhile:
      'The handler asks where the SDK looks: the plain endpoint, or the FIPS one where `AWS_USE_FIPS_ENDPOINT` is set. CloudFormation sets nothing.',
    command:
      'aws cognito-idp list-user-pools --region us-gov-west-1 --max-results 1 --endpoint-url https://cognito-idp.us-gov-west-1.amazonaws.com',
  },
  {
    id: 'principals-of-other-partitions',
    asks: "Are Cognito's principals called the same in `aws-us-gov` and `aws-eusc`?",
    meanwhile:
      'The names of the partition `aws` are written there too. SES refuses a principal that it does not know, and then all is undone.',
    command:
      'aws sesv2 create-email-identity-policy --region us-gov-west-1 --email-identity IDENTITY --policy-name EmailSetupConformance-principal --policy \'{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":["email.cognito-idp.amazonaws.com"]},"Action":"ses:SendEmail","Resource":"arn:aws-us-gov:ses:us-gov-west-1:ACCOUNT:identity/IDENTITY"}]}\'',
  },
];
