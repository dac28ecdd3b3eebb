/** What neither AWS's documents nor a published measurement settles: the embedded AWS can behave in either way. */
export interface Behaviours {
  /** Does `UserPoolTags` in UpdateUserPool replace the pool's tags, or add to them? */
  tags: 'replace' | 'merge';
  /** What an omitted `EmailConfiguration` does. */
  omittedEmailConfiguration: 'reset' | 'keep';
  /** Does an `EmailConfiguration` replace the previous one as a whole, or member by member? */
  partialEmailConfiguration: 'replace' | 'merge';
  /** Members of UpdateUserPool that the API does not know: kept, or refused by name. */
  unknownMembers: 'accept' | 'refuse';
  /** `From` with COGNITO_DEFAULT. A refusal has been measured once for a domain, and never for an address. */
  defaultSenderFrom: 'refuse' | 'accept';
  /** A `SourceArn` with `*` for its Region. */
  wildcardSourceArn: 'accept' | 'refuse';
  /** Update or delete of a policy that does not exist: AWS's documents and a measurement contradict each other. */
  absentPolicy: 'succeed' | 'not-found';
  /** COGNITO_DEFAULT for a pool with e-mail MFA. */
  defaultSenderWithEmailMfa: 'refuse' | 'accept';
  /** Milliseconds until Cognito sees a policy that SES has accepted. */
  policyVisibleAfterMs: number;
  /** Milliseconds until Cognito sees that SES has verified an identity. */
  verificationVisibleAfterMs: number;
  /** Which of two recorded messages DEVELOPER gets for an identity that Cognito does not see as verified. */
  unverifiedIdentityError: 'not-verified' | 'sandbox';
}

/** How the embedded AWS behaves by default. */
export const defaultBehaviours: Behaviours = {
  tags: 'replace',
  omittedEmailConfiguration: 'reset',
  partialEmailConfiguration: 'replace',
  unknownMembers: 'accept',
  defaultSenderFrom: 'refuse',
  wildcardSourceArn: 'accept',
  absentPolicy: 'not-found',
  defaultSenderWithEmailMfa: 'refuse',
  policyVisibleAfterMs: 0,
  verificationVisibleAfterMs: 0,
  unverifiedIdentityError: 'not-verified',
};
