import { describePresent } from '../aws/observe';
import { HandlerError } from '../domain/errors';
import type { PresentPool } from '../domain/plan/observed';
import type { Setup } from '../domain/plan/plan';
import {
  type AcceptedUpdate,
  emailAfter,
  type Finding,
  keepsFormerTag,
  type SettingsChanged,
  settingsAfter,
} from '../domain/user-pool/accepted-update';
import type { Operation } from './operation';

/** Logs what a comparison has shown, and returns its error. */
export function logged<E extends HandlerError>({ log }: Operation, { error, log: lines }: Finding<E>): E | undefined {
  for (const line of lines) log(line);
  return error;
}

/**
 * Reads a pool after an accepted update and returns it as it is then. Throws where its e-mail is not as it was set; passes
 * `SettingsChanged` to `onSettingsChanged`, or throws it, where only another setting has changed.
 */
export async function confirmUpdate(
  operation: Operation,
  update: AcceptedUpdate,
  to: Setup,
  onSettingsChanged: (error: SettingsChanged) => void = rethrow,
): Promise<PresentPool> {
  const seen = await describePresent(operation);
  const changed = logged(operation, settingsAfter(seen, update));
  const pool = keepsFormerTag(seen, to, update) ? await withoutFormerTag(operation, seen) : seen;
  const wrong = logged(operation, emailAfter(pool, to, update, seen));
  // Another invocation would see the settings as they are now, and could not tell.
  if (wrong) throw changed ? new HandlerError(wrong.code, `${wrong.message} ${changed.message}`) : wrong;
  if (changed) onSettingsChanged(changed);
  return pool;
}

function rethrow(error: SettingsChanged): never {
  throw error;
}

/** Whether UserPoolTags replaces the tags or adds to them is not documented: where our former tag is still there, it is taken off. */
async function withoutFormerTag(operation: Operation, pool: PresentPool): Promise<PresentPool> {
  await operation.cognito.untagResource(pool.ref.arn);
  return describePresent(operation);
}
