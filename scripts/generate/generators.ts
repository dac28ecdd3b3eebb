import { propsSource } from './cdk-props';
import { declarationFile, declarationSource } from './declaration';
import { examplePolicy } from './policy';
import { properties, propertyTable, returnValues, syntax } from './properties';
import { questionList } from './questions';
import { regionLists, regionTable } from './regions';

/** Makes a whole file, or the part of that name in whichever documents have it. */
export type Generator =
  | { readonly file: string; readonly make: () => string }
  | { readonly part: string; readonly make: () => string };

/** All that is generated. A new entry is enough: `npm run generate` writes it, and a unit test fails where it is stale. */
export const generators: readonly Generator[] = [
  { part: 'property table', make: propertyTable },
  { part: 'syntax', make: syntax },
  { part: 'properties', make: properties },
  { part: 'return values', make: returnValues },
  { part: 'region lists', make: regionLists },
  { part: 'region table', make: regionTable },
  { part: 'questions', make: questionList },
  { part: 'policy', make: examplePolicy },
  { file: 'cdk/src/props.ts', make: propsSource },
  { file: declarationFile, make: declarationSource },
];
