/** Members that are legacy names for parts of VerificationMessageTemplate. */
export const legacyMessages = [
  ['EmailVerificationMessage', 'EmailMessage'],
  ['EmailVerificationSubject', 'EmailSubject'],
  ['SmsVerificationMessage', 'SmsMessage'],
] as const;
