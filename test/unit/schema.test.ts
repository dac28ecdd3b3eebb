import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import schema from '../../schema.json';
import { toProgressEvent } from '../../src/cloudformation/progress-event';
import { withoutWriteOnly } from '../../src/domain/declaration/schema';
import { wellTyped } from '../../src/domain/declaration/well-typed';
import { HandlerError } from '../../src/domain/errors';
import { newCallbackContext } from '../../src/engine/callback-context';
import { ResourceModel } from '../../src/model';

const names = Object.keys(schema.properties);
const named = (pointers: readonly string[]) => pointers.map((pointer) => pointer.replace('/properties/', ''));
const readOnly = named(schema.readOnlyProperties);
const declarable = names.filter((name) => !readOnly.includes(name));
const memberOf = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

/** A value of each property's type, by the property's name. */
const samples: Readonly<Record<string, unknown>> = { string: 'x', boolean: true, integer: 7, array: ['x'] };
const whole = Object.fromEntries(Object.entries(schema.properties).map(([name, { type }]) => [name, samples[type]]));

describe('a property is in the schema and in', () => {
  test('the model, from the wire and back', () => {
    const model = ResourceModel.deserialize(whole);
    expect(model.serialize()).toEqual(whole);
    expect(model).toMatchObject(Object.fromEntries(names.map((name) => [memberOf(name), whole[name]])));
    expect(Object.keys(wellTyped(model).declaration).sort()).toEqual(declarable.map(memberOf).sort());
  });

  test('the answers: the write-only ones while an operation goes on, and never at its end', () => {
    const declared = wellTyped(ResourceModel.deserialize(whole)).declaration;
    const models = { modelOf: (properties: object) => new ResourceModel(properties), withoutWriteOnly };
    const going = toProgressEvent(
      { status: 'in-progress', message: '', delaySeconds: 1, callbackContext: newCallbackContext('applying') },
      declared,
      models,
    );
    const over = toProgressEvent(
      { status: 'failed', error: new HandlerError('GeneralServiceException', '') },
      declared,
      models,
    );
    const carried = (answer: typeof over) => Object.keys(answer.resourceModel?.serialize() ?? {}).sort();
    expect(carried(going)).toEqual([...declarable].sort());
    const writeOnly = named(schema.writeOnlyProperties);
    expect(carried(over)).toEqual(declarable.filter((name) => !writeOnly.includes(name)).sort());
  });

  test('what the contract tests send', () => {
    const folder = join(__dirname, '..', '..', 'inputs');
    const sent = readdirSync(folder).flatMap((file) =>
      Object.keys(JSON.parse(readFileSync(join(folder, file), 'utf8'))),
    );
    expect([...new Set(sent)].sort()).toEqual([...declarable].sort());
  });

  test('the construct', () => {
    const props = readFileSync(join(__dirname, '..', '..', 'cdk', 'src', 'props.ts'), 'utf8');
    const found = [...props.matchAll(/^ {2}readonly (\w+)/gm)].map(([, name]) => name);
    expect(found.sort()).toEqual(
      names
        .map(memberOf)
        .map((name) => (name === 'userPoolId' ? 'userPool' : name))
        .sort(),
    );
  });
});
