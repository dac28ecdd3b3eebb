import NodeEvaluator from 'cfn-resolver-lib';
import type { Json, JsonObject } from '../emulator/types';
import type { ParameterValues } from './parameters';
import { isKnown, knownAfterCreate, type ResourceLookup } from './resource-values';
import { isObject, type Template } from './template';
import { UnsupportedTemplateError } from './unsupported-template';

/** Resolves the functions of one template. */
interface FunctionResolver {
  /** A value with its functions resolved; undefined where `AWS::NoValue` removes it. */
  resolve(value: Json, lookup: ResourceLookup): Json | undefined;
  /** Evaluates a condition of the template. */
  isTrue(condition: string): boolean;
}

/** The variables in the text of an `Fn::Sub`, without the literals written `${!…}`. */
const variablesIn = (text: string) => [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name = '']) => name);

/** The text of an `Fn::Sub` and the variables that it defines itself. */
const parseSub = (value: Json): readonly [string, JsonObject] => {
  const [text, names] = Array.isArray(value) ? value : [value];
  return [String(text), isObject(names) ? names : {}];
};

const parseGetAtt = (value: Json): readonly string[] => {
  const [id = '', ...rest] = Array.isArray(value) ? value.map(String) : String(value).split('.');
  return [id, rest.join('.')];
};

/** The name and the argument of the function in an object such as `{ Ref: … }`; undefined for any other object. */
function functionIn(value: JsonObject): readonly [string, Json] | undefined {
  const [[name, argument] = ['', null], ...more] = Object.entries(value);
  return more.length === 0 && (name === 'Ref' || name.startsWith('Fn::')) ? [name, argument] : undefined;
}

/** All logical ids and parameters that a value refers to, in both branches of an `Fn::If`. */
export function referencesIn(value: Json): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isObject(value)) return [];
  const [name, argument] = functionIn(value) ?? ['', null];
  if (name === 'Ref') return [String(argument)];
  if (name === 'Fn::GetAtt') return parseGetAtt(argument).slice(0, 1);
  if (name !== 'Fn::Sub') return Object.values(value).flatMap(referencesIn);
  const [text, ownVariables] = parseSub(argument);
  const free = variablesIn(text).filter((variable) => !Object.hasOwn(ownVariables, variable));
  return [...free.map((variable) => variable.split('.')[0] ?? ''), ...referencesIn(ownVariables)];
}

/** A resolver with these parameters. It throws `UnsupportedTemplateError` for what cannot be resolved. */
export function createResolver(template: Template, parameters: ParameterValues): FunctionResolver {
  const ref = (name: string, lookup: ResourceLookup): Json | undefined => {
    if (name === 'AWS::NoValue') return undefined;
    return parameters[name] ?? lookup(name)?.ref ?? missing(name);
  };
  const attribute = ([id = '', name = '']: readonly string[], lookup: ResourceLookup): Json =>
    (lookup(id) ?? missing(id)).attribute(name) ?? fail(`${id} has no attribute ${name} here`);
  const missing = (name: string): never => {
    const resource = template.resources.get(name);
    if (resource) return fail(`${name} (${resource.type}), which is needed, is not made here`);
    return fail(
      `${name}, which is needed, has no value${name in template.parameters ? `: add --parameter ${name}=VALUE` : ''}`,
    );
  };
  const fail = (what: string): never => {
    throw new UnsupportedTemplateError(`${template.file}: ${what}.`);
  };

  const call = (name: string, argument: Json, lookup: ResourceLookup): Json | undefined => {
    if (name === 'Ref') return ref(String(argument), lookup);
    if (name === 'Fn::GetAtt') return attribute(parseGetAtt(argument), lookup);
    if (name === 'Fn::If') {
      // The library resolves both branches, and the one not taken may refer to a resource that does not exist.
      const [condition, yes, no] = argument as [Json, Json, Json];
      return resolve(isTrue(String(condition)) ? yes : no, lookup);
    }
    if (name === 'Fn::Sub') {
      const [text, ownVariables] = parseSub(argument);
      const names = variablesIn(text).map((variable) => {
        const [id, ...path] = variable.split('.');
        const value = Object.hasOwn(ownVariables, variable)
          ? resolve(ownVariables[variable] ?? null, lookup)
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
    // A placeholder stays a placeholder.
    if (!isKnown(resolved)) return knownAfterCreate;
    if (name === 'Fn::Select') {
      const [index, items] = [resolved ?? null].flat();
      return [items ?? null].flat()[Number(index)] ?? fail(`Fn::Select of ${JSON.stringify(resolved)} has no answer`);
    }
    return compute(name, resolved ?? null);
  };
  /** Gives the library one function at a time: in a whole template it drops a list that is an object's only member. */
  const compute = (name: string, argument: Json): Json => {
    const texts = name === 'Fn::Equals' ? (argument as readonly Json[]).map(asText) : argument;
    if (!libraryFunctions.includes(name)) fail(`${name} is not run here`);
    try {
      const { Value } = new NodeEvaluator({ Parameters: {}, Value: { [name]: texts } }).evaluateNodes() as JsonObject;
      return Value ?? null;
    } catch (error) {
      return fail(
        `${name} of ${JSON.stringify(argument)} has no answer: ${error instanceof Error ? error.message : error}`,
      );
    }
  };
  const resolve = (value: Json, lookup: ResourceLookup): Json | undefined => {
    if (Array.isArray(value)) return value.map((item) => resolve(item, lookup)).filter((item) => item !== undefined);
    if (!isObject(value)) return value;
    const found = functionIn(value);
    if (found) return call(...found, lookup);
    if (typeof value['Condition'] === 'string' && Object.keys(value).length === 1) return isTrue(value['Condition']);
    const members = Object.entries(value).map(([key, item]) => [key, resolve(item, lookup)] as const);
    return Object.fromEntries(members.flatMap(([key, item]) => (item === undefined ? [] : [[key, item]])));
  };
  const isTrue = (condition: string): boolean => {
    const declared = template.conditions[condition] ?? fail(`it has no condition ${condition}`);
    return resolve(declared, () => undefined) === true;
  };
  return { resolve, isTrue };
}

/** The functions that the library computes. */
const libraryFunctions = ['Fn::Join', 'Fn::Split', 'Fn::Sub', 'Fn::Equals', 'Fn::And', 'Fn::Or', 'Fn::Not'];

const asText = (value: Json): Json => (typeof value === 'object' ? value : String(value));
