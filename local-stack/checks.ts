import diff from 'microdiff';
import type { Delivery } from '../emulator/cognito/can-send';
import type { JsonObject } from '../emulator/types';
import schema from '../schema.json';
import type { Report } from './report';

const ownTag = 'Org::Cognito::EmailSetup';
const writeOnly: readonly string[] = schema.writeOnlyProperties;

/** A pool without what a setup may change: its EmailConfiguration, its date of modification and the setup's tag. */
export function withoutEmailSetup(pool: JsonObject): JsonObject {
  const { EmailConfiguration: _e, LastModifiedDate: _l, UserPoolTags, ...rest } = pool;
  const tags = Object.entries((UserPoolTags ?? {}) as JsonObject).filter(([key]) => key !== ownTag);
  return { ...rest, UserPoolTags: Object.fromEntries(tags) };
}

/** Checks that a setup has changed nothing else on its pool; both pools come from `withoutEmailSetup`. */
export function checkNothingElseChanged(report: Report, before: JsonObject, after: JsonObject): void {
  const changes = diff(before, after);
  const count = Object.keys(before).length;
  report.check(
    `nothing else on the pool has changed (${count} settings compared)`,
    changes.length === 0,
    JSON.stringify(changes),
  );
}

/** Checks that each declared property is in force; write-only properties are not part of what is read. */
export function checkPropertiesInForce(report: Report, declared: JsonObject, model: JsonObject): void {
  const differences = Object.entries(declared).filter(
    ([name, value]) => !writeOnly.includes(`/properties/${name}`) && String(model[name]) !== String(value),
  );
  report.check('every declared property is in force', differences.length === 0, JSON.stringify(differences));
}

/** Checks that a pool's e-mail can be sent now. */
export function checkEmailIsSent(report: Report, delivery: Delivery): void {
  report.check(
    `mail goes out${delivery.sends ? ` as ${delivery.from}` : ''}`,
    delivery.sends,
    delivery.sends ? '' : delivery.why,
  );
}
