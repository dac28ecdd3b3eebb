import diff from 'microdiff';
import type { Delivery } from '../emulator/cognito/can-send';
import type { JsonObject } from '../emulator/types';
import schema from '../schema.json';
import type { Report } from './report';

const ourTag = 'Org::Cognito::EmailSetup';
const writeOnly: readonly string[] = schema.writeOnlyProperties;

/** Everything on a pool but its e-mail, our tag, and the time of its last change. */
export function others(pool: JsonObject): JsonObject {
  const { EmailConfiguration: _e, LastModifiedDate: _l, UserPoolTags, ...rest } = pool;
  const tags = Object.entries((UserPoolTags ?? {}) as JsonObject).filter(([key]) => key !== ourTag);
  return { ...rest, UserPoolTags: Object.fromEntries(tags) };
}

/** Checks that a setup has left the rest of its pool alone: what `others` told before and tells after. */
export function nothingElseChanged(report: Report, before: JsonObject, after: JsonObject): void {
  const changes = diff(before, after);
  const count = Object.keys(before).length;
  report.check(
    `nothing else on the pool has changed (${count} settings compared)`,
    changes.length === 0,
    JSON.stringify(changes),
  );
}

/** Checks that each declared property is in force; write-only ones instruct an operation and describe no state. */
export function inForce(report: Report, declared: JsonObject, model: JsonObject): void {
  const differs = Object.entries(declared).filter(
    ([name, value]) => !writeOnly.includes(`/properties/${name}`) && String(model[name]) !== String(value),
  );
  report.check('every declared property is in force', differs.length === 0, JSON.stringify(differs));
}

/** Checks that mail of the pool would go out now. */
export function goesOut(report: Report, delivery: Delivery): void {
  report.check(
    `mail goes out${delivery.sends ? ` as ${delivery.from}` : ''}`,
    delivery.sends,
    delivery.sends ? '' : delivery.why,
  );
}
