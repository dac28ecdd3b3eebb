// Made from schema.json by `npm run generate`: change the schema, not this file.
import type { IResolvable } from 'aws-cdk-lib';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';

/** What an `EmailSetup` declares. */
export interface EmailSetupProps {
  /**
   * The pool itself, which gives the UserPoolId: Id of the user pool, in the Region and account of the stack. One
   * setup a pool.
   */
  readonly userPool: IUserPool;
  /**
   * Who sends, in Cognito's own words: DEVELOPER sends with your SES identity and its quotas, COGNITO_DEFAULT with
   * Cognito's own SES and its small daily limit.
   */
  readonly emailSendingAccount: 'COGNITO_DEFAULT' | 'DEVELOPER';
  /**
   * Name of the SES identity to send with: an address or a domain (in lower case), not an ARN. Required with
   * DEVELOPER. With COGNITO_DEFAULT its absence means the sender no-reply@verificationemail.com.
   */
  readonly identity?: string | undefined;
  /**
   * Region of the SES identity, one of those that AWS allows for the pool's Region. Absent: the pool's own Region
   * where that is allowed, else the first that AWS lists. Required with Identity where AWS lists none.
   */
  readonly sesRegion?: string | undefined;
  /**
   * The sender that users see: one mailbox, address or Display Name <address>, covered by Identity. Required for a
   * domain identity. With COGNITO_DEFAULT: a bare address, and only with a domain identity.
   */
  readonly from?: string | undefined;
  /** One address that receives what users answer. Absent: answers go to the sender. */
  readonly replyToEmailAddress?: string | undefined;
  /** Name of an SES configuration set in the identity's Region. DEVELOPER only. */
  readonly configurationSet?: string | undefined;
  /**
   * Accept an SES account that is still in the sandbox, where mail reaches verified addresses only. Default: false.
   * No effect with COGNITO_DEFAULT.
   */
  readonly allowSandbox?: boolean | IResolvable | undefined;
  /**
   * How long to wait for SES to verify the identity, in minutes, so that the identity may be declared in the same
   * template. Default: 0, an identity that is not verified is an error.
   */
  readonly verificationTimeoutMinutes?: number | undefined;
  /**
   * Let Create replace a setup or an e-mail configuration that the pool has already. Default: false, what is there
   * is an error.
   */
  readonly takeOver?: boolean | IResolvable | undefined;
  /**
   * Any short string. Changing it makes CloudFormation call Update, which checks everything and puts back what is
   * missing.
   */
  readonly revision?: string | undefined;
}

/** What an `EmailSetup` knows once it is deployed. */
export interface EmailSetupAttributes {
  /**
   * ARN of the SES identity as the pool's EmailConfiguration has it; its Region is * where the default sender uses
   * two Regions together; empty for the sender no-reply@verificationemail.com.
   */
  readonly sourceArn: string;
  /** The Regions whose SES the pool sends with, in AWS's order; empty for the sender no-reply@verificationemail.com. */
  readonly sesRegions: string[];
}
