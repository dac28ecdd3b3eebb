import type { Question } from '../question';
import { absentPolicy } from './absent-policy';
import { byHand } from './by-hand';
import { defaultSenderFrom } from './default-sender-from';
import { defaultSenderWithEmailMfa } from './default-sender-with-email-mfa';
import { grantVisible } from './grant-visible';
import { mfaEcho } from './mfa-echo';
import { omittedEmailConfiguration } from './omitted-email-configuration';
import { partialEmailConfiguration } from './partial-email-configuration';
import { systemTags } from './system-tags';
import { tags } from './tags';
import { unknownMembers } from './unknown-members';
import { wildcardSourceArn } from './wildcard-source-arn';

/** Everything that only a real account can answer; `docs/unverified.md` is made from this list. */
export const questions: readonly Question[] = [
  omittedEmailConfiguration,
  partialEmailConfiguration,
  tags,
  systemTags,
  unknownMembers,
  mfaEcho,
  defaultSenderFrom,
  wildcardSourceArn,
  defaultSenderWithEmailMfa,
  absentPolicy,
  grantVisible,
  ...byHand,
];
