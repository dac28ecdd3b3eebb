import type { JsonObject } from '../../emulator/types';
import schema from '../../schema.json';

/** A declaration with one mistake, and the rule of cfn-lint that must find it, at this property. */
export interface Mistake {
  readonly name: string;
  readonly properties: JsonObject;
  readonly rule: string;
  /** The last step of the finding's path. */
  readonly at: string;
}

const sound: JsonObject = { UserPoolId: 'eu-west-1_Pool1', EmailSendingAccount: 'DEVELOPER', Identity: 'example.com' };

/** A value that breaks each rule that a property of the schema may have. */
const breakers: Record<string, (rule: unknown) => { value: JsonObject[string]; rule: string }> = {
  type: () => ({ value: { a: 'b' }, rule: 'E3012' }),
  enum: () => ({ value: 'SOMETHING_ELSE', rule: 'E3030' }),
  pattern: () => ({ value: 'breaks/every pattern', rule: 'E3031' }),
  minLength: () => ({ value: '', rule: 'E3033' }),
  // Of the form that the one property with a pattern beside its length asks for.
  maxLength: (limit) => ({ value: `a_${'a'.repeat(Number(limit))}`, rule: 'E3033' }),
  minimum: (limit) => ({ value: Number(limit) - 1, rule: 'E3034' }),
  maximum: (limit) => ({ value: Number(limit) + 1, rule: 'E3034' }),
};
const silent = ['description', 'default', 'insertionOrder', 'uniqueItems', 'items'];

/** One mistake for every rule of every property that the schema knows; throws where a rule is none of those above. */
export function mistakes(): readonly Mistake[] {
  const readOnly = schema.readOnlyProperties.map((pointer) => pointer.replace('/properties/', ''));
  const perRule = Object.entries(schema.properties).flatMap(([at, rules]) => {
    if (readOnly.includes(at)) return [];
    return Object.entries(rules).flatMap(([rule, limit]) => {
      if (silent.includes(rule)) return [];
      const breaker = breakers[rule];
      if (!breaker) throw new Error(`${at} has the rule ${rule}: add a mistake against it here`);
      const { value, rule: id } = breaker(limit);
      return [{ name: `${at} against its ${rule}`, properties: { ...sound, [at]: value }, rule: id, at }];
    });
  });
  const set = readOnly.map((at) => ({
    name: `${at}, which is read-only`,
    properties: { ...sound, [at]: at === 'SesRegions' ? ['eu-west-1'] : 'a' },
    rule: 'E3040',
    at,
  }));
  const missing = schema.required.map((name) => {
    const { [name]: _left, ...properties } = sound;
    return { name: `no ${name}`, properties, rule: 'E3003', at: 'Properties' };
  });
  const unknown = { name: 'an unknown property', properties: { ...sound, Sender: 'a' }, rule: 'E3002', at: 'Sender' };
  return [...perRule, ...set, ...missing, unknown];
}
