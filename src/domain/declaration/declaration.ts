/** Cognito's own words for who sends a pool's mail. */
export type EmailSendingAccount = 'COGNITO_DEFAULT' | 'DEVELOPER';

/** What a template declares: the properties of `schema.json`, typed. */
export interface Declaration {
  readonly userPoolId: string;
  readonly emailSendingAccount: EmailSendingAccount;
  /** Name of the SES identity: an address or a domain. */
  readonly identity?: string | undefined;
  readonly sesRegion?: string | undefined;
  /** One RFC 5322 mailbox, as written in the template. */
  readonly from?: string | undefined;
  readonly replyToEmailAddress?: string | undefined;
  readonly configurationSet?: string | undefined;
  readonly allowSandbox?: boolean | undefined;
  readonly verificationTimeoutMinutes?: number | undefined;
  readonly takeOver?: boolean | undefined;
  readonly revision?: string | undefined;
}

/** What Read returns: a declaration without its write-only part, and what was set up. */
export interface ReadBack extends Declaration {
  /** Empty for the default sender's own address: a `GetAtt` of what is absent fails a stack. */
  readonly sourceArn: string;
  readonly sesRegions: readonly string[];
}
