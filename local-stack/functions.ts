import NodeEvaluator from 'cfn-resolver-lib';
import type { Json, JsonObject } from '../emulator/types';
import type { Values } from './parameters';
import { isObject, type Template } from './template';
import { UnsupportedTemplateError } from './unsupported-template';

/** What is known of a resource: what `Ref` and `Fn::GetAtt` give. */
export interface Known {
  readonly ref: string;
  attribute(name: string): Json | undefined;
}

/** Looks resources up by their logical ids; undefined for one that is not there. */
export type Lookup = (logicalId: string) => Known | undefined;

/** Resolves the functions of one template, with these parameters. */
export interface Resolver {
  /** A value with its functions resolved; undefined where `AWS::NoValue` takes it away. */
  resolve(value: Json, lookup: Lookup): Json | undefined;
  holds(condition: string): boolean;
}

/** Stands for a value that is known only once a resource is made. */
const later = '(known once it is made)';

/** Takes the resources with these ids for granted: a template can be checked whole before anything is made. */
export const expecting =
  (made: ReadonlySet<string>): Lookup =>
  (id) =>
    made.has(id) ? { ref: later, attribute: () => later } : undefined;

/** Is it known before anything is made? */
export const isKnown = (value: Json | undefined) => value === undefined || !JSON.stringify(value).includes(later);

/** The variables in a text of `Fn::Sub`, those written `${!…}` left out. */
const variablesIn = (text: string) => [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name = '']) => name);

/** The text and the names of its own in an `Fn::Sub`. */
const partsOfSub = (value: Json): readonly [string, JsonObject] => {
  const [text, names] = Array.isArray(value) ? value : [value];
  return [String(text), isObject(names) ? names : {}];
};

const partsOfGetAtt = (value: Json): readonly string[] => {
  const [id = '', ...rest] = Array.isArray(value) ? value.map(String) : String(value).split('.');
  return [id, rest.join('.')];
};

/** The function in a JSON object such as `{ Ref: … }`, and what it is called with. */
function functionIn(value: JsonObject): readonly [string, Json] | undefined {
  const [[name, argument] = ['', null], ...more] = Object.entries(value);
  return more.length === 0 && (name === 'Ref' || name.startsWith('Fn::')) ? [name, argument] : undefined;
}

/** All logical ids and parameters that a value names, in whichever branch of an `Fn::If`. */
export function namesIn(value: Json): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (!isObject(value)) return [];
  const [name, argument] = functionIn(value) ?? ['', null];
  if (name === 'Ref') return [String(argument)];
  if (name === 'Fn::GetAtt') return partsOfGetAtt(argument).slice(0, 1);
  if (name !== 'Fn::Sub') return Object.values(value).flatMap(namesIn);
  const [text, own] = partsOfSub(argument);
  const free = variablesIn(text).filter((variable) => !Object.hasOwn(own, variable));
  return [...free.map((variable) => variable.split('.')[0] ?? ''), ...namesIn(own)];
}

/** Resolves a template's functions. What cannot be resolved throws `CannotRun`. */
export function resolverOf(template: Template, values: Values): Resolver {
  const ref = (name: string, lookup: Lookup): Json | undefined => {
    if (name === 'AWS::NoValue') return undefined;
    return values[name] ?? lookup(name)?.ref ?? missing(name);
  };
  const attribute = ([id = '', name = '']: readonly string[], lookup: Lookup): Json =>
    (lookup(id) ?? missing(id)).attribute(name) ?? fail(`${id} has no attribute ${name} here`);
  const missing = (name: string): never => {
    const other = template.resources.get(name);
    if (other) return fail(`${name} (${other.type}), which is needed, is not made here`);
    return fail(
      `${name}, which is needed, has no value${name in template.parameters ? `: add --parameter ${name}=VALUE` : ''}`,
    );
  };
  const fail = (what: string): never => {
    throw new UnsupportedTemplateError(`${template.file}: ${what}.`);
  };

  const call = (name: string, argument: Json, lookup: Lookup): Json | undefined => {
    if (name === 'Ref') return ref(String(argument), lookup);
    if (name === 'Fn::GetAtt') return attribute(partsOfGetAtt(argument), lookup);
    if (name === 'Fn::If') {
      // The library takes both branches: the one not taken may name what is not there.
      const [condition, yes, no] = argument as [Json, Json, Json];
      return resolve(holds(String(condition)) ? yes : no, lookup);
    }
    if (name === 'Fn::Sub') {
      const [text, own] = partsOfSub(argument);
      const names = variablesIn(text).map((variable) => {
        const [id, ...path] = variable.split('.');
        const value = Object.hasOwn(own, variable)
          ? resolve(own[variable] ?? null, lookup)
          : path.length > 0
            ? attribute([id ?? '', path.join('.')], lookup)
            : ref(variable, lookup);
        return [variable, value ?? ''] as const;
      });
      return String(compute(name, [text, Object.fromEntries(names)])).replaceAll('${!', '${');
    }
    const resolved = resolve(argument, lookup);
    if (name === 'Fn::FindInMap') {
      const [map, first, second] = [resolved ?? null].flat().map(String);
      return (
        template.mappings[map ?? '']?.[first ?? '']?.[second ?? ''] ?? fail(`no mapping ${map}.${first}.${second}`)
      );
    }
    // Of what is known later nothing can be computed yet.
    if (!isKnown(resolved)) return later;
    if (name === 'Fn::Select') {
      const [index, items] = [resolved ?? null].flat();
      return [items ?? null].flat()[Number(index)] ?? fail(`Fn::Select of ${JSON.stringify(resolved)} has no answer`);
    }
    return compute(name, resolved ?? null);
  };
  /** The library gets one function at a time: of a whole template it loses lists that stand alone in an object. */
  const compute = (name: string, argument: Json): Json => {
    const texts = name === 'Fn::Equals' ? (argument as readonly Json[]).map(asText) : argument;
    if (!computed.includes(name)) fail(`${name} is not run here`);
    try {
      const { Value } = new NodeEvaluator({ Parameters: {}, Value: { [name]: texts } }).evaluateNodes() as JsonObject;
      return Value ?? null;
    } catch (error) {
      return fail(
        `${name} of ${JSON.stringify(argument)} has no answer: ${error instanceof Error ? error.message : error}`,
      );
    }
  };
  const resolve = (value: Json, lookup: Lookup): Json | undefined => {
    if (Array.isArray(value)) return value.map((item) => resolve(item, lookup)).filter((item) => item !== undefined);
    if (!isObject(value)) return value;
    const found = functionIn(value);
    if (found) return call(...found, lookup);
    if (typeof value['Condition'] === 'string' && Object.keys(value).length === 1) return holds(value['Condition']);
    const members = Object.entries(value).map(([key, item]) => [key, resolve(item, lookup)] as const);
    return Object.fromEntries(members.flatMap(([key, item]) => (item === undefined ? [] : [[key, item]])));
  };
  const holds = (condition: string): boolean => {
    const declared = template.conditions[condition] ?? fail(`it has no condition ${condition}`);
    return resolve(declared, () => undefined) === true;
  };
  return { resolve, holds };
}

/** What the library computes. */
const computed = ['Fn::Join', 'Fn::Split', 'Fn::Sub', 'Fn::Equals', 'Fn::And', 'Fn::Or', 'Fn::Not'];

const asText = (value: Json): Json => (typeof value === 'object' ? value : String(value));
