import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { yamlParse } from 'yaml-cfn';
import type { Json, JsonObject } from '../../emulator/types';

const root = join(__dirname, '..', '..');

/** A CloudFormation or SAM template as it is written. */
export interface Template {
  readonly Parameters?: Record<string, JsonObject>;
  readonly Resources: Record<string, { readonly Type: string; readonly Properties?: JsonObject } & JsonObject>;
}

/** Every template of the repository, found by its `Resources`; paths from the repository's root. */
export function templateFiles(): readonly string[] {
  const folders = ['deploy', 'examples', 'cdk', 'docs'].filter((folder) => existsSync(join(root, folder)));
  const nested = folders.flatMap((folder) => filesIn(folder));
  const atTheRoot = readdirSync(root, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []));
  return [...atTheRoot, ...nested].filter((file) => /\.(ya?ml|json|template)$/.test(file) && isTemplate(file)).sort();
}

/** The files below a folder that are the repository's own, not what npm or the CDK has put there; paths from its root. */
export function filesIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return /^(node_modules|cdk\.out|\..*)$/.test(entry.name) ? [] : filesIn(path);
    return entry.isFile() ? [path] : [];
  });
}

function isTemplate(file: string): boolean {
  return /^\s*"?Resources"?\s*:/m.test(readFileSync(join(root, file), 'utf8'));
}

/** A template with its intrinsic functions as they stand. */
export function readTemplate(file: string): Template {
  return yamlParse(readFileSync(join(root, file), 'utf8')) as Template;
}

/**
 * A template's resources with `Ref`, `Fn::Sub` and `Fn::GetAtt` resolved from `known`
 * (`Name` or `Name.Attribute`) and the parameters' defaults.
 */
export function resolvedResources(file: string, known: JsonObject): Template['Resources'] {
  const { Parameters = {}, Resources } = readTemplate(file);
  const lookUp = (name: string): Json => {
    const value = known[name] ?? Parameters[name]?.['Default'];
    if (value === undefined) throw new Error(`${file} refers to ${name}, which the test does not know`);
    return value;
  };
  const resolve = (node: Json): Json => {
    if (Array.isArray(node)) return node.map(resolve);
    if (typeof node !== 'object' || node === null) return node;
    const { Ref, 'Fn::GetAtt': attribute, 'Fn::Sub': text } = node;
    if (typeof Ref === 'string') return lookUp(Ref);
    if (Array.isArray(attribute)) return lookUp(attribute.join('.'));
    if (typeof text === 'string') return text.replace(/\$\{([^}]+)\}/g, (_, name: string) => String(lookUp(name)));
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, resolve(value)]));
  };
  return resolve(Resources as JsonObject) as Template['Resources'];
}
