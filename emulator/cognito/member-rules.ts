import type { Behaviours } from '../behaviours';
import { cognitoException } from '../errors';
import type { JsonObject } from '../types';
import { objectAt } from './json';
import { readOnlyMembers, updatableMembers } from './members';
import type { Pool } from './state';

const invalid = (message: string) => cognitoException('InvalidParameterException', message);

/** Checks the members that an update sends, one by one. Throws `AwsException`. */
export function checkMembers(pool: Pool, input: JsonObject, behaviours: Behaviours): void {
  for (const [member, value] of Object.entries(input)) {
    // Our reading: none of these messages is on record.
    if (value === null) throw cognitoException('SerializationException', `${member} cannot be null`);
    if (readOnlyMembers.has(member)) throw invalid(`Unrecognized member: ${member}`);
    if (!updatableMembers.has(member) && behaviours.unknownMembers === 'refuse')
      throw invalid(`Unrecognized member: ${member}`);
    if (pool.refusesEchoOf?.includes(member)) throw invalid(`${member} cannot be modified for this user pool.`);
  }
  for (const [member, required] of [
    ['UserPoolAddOns', 'AdvancedSecurityMode'],
    ['SmsConfiguration', 'SnsCallerArn'],
  ] as const) {
    if (input[member] !== undefined && Object.keys(objectAt(input, member)).length === 0) {
      throw invalid(`1 validation error detected: Value null at '${member}.${required}' failed to satisfy constraint`);
    }
  }
}
