import type { Question } from '../question';
import { defaultSenderFrom } from './default-sender-from';
import { defaultSenderWithEmailMfa } from './default-sender-with-email-mfa';
import { grantVisible } from './grant-visible';
import { keyAndIssuerEcho } from './key-and-issuer-echo';
import { manualQuestions } from './manual';
import { mfaEcho } from './mfa-echo';
import { omittedEmailConfiguration } from './omitted-email-configuration';
import { partialEmailConfiguration } from './partial-email-configuration';
import { tags } from './tags';
import { unknownMembers } from './unknown-members';
import { wildcardSourceArn } from './wildcard-source-arn';

/** Everything that only a real account can answer; `docs/unverified.md` is made from this list. */
export const questions: readonly Question[] = [
  omittedEmailConfiguration,
  partialEmailConfiguration,
  tags,
  unknownMembers,
  keyAndIssuerEcho,
  mfaEcho,
  defaultSenderFrom,
  wildcardSourceArn,
  defaultSenderWithEmailMfa,
  grantVisible,
  ...manualQuestions,
];
