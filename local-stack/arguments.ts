import { parseArgs } from 'node:util';
import { UnsupportedTemplateError } from './unsupported-template';

const use = 'Use: npm start -- [FILE] [--region REGION] [--parameter NAME=VALUE]… [--update NAME=VALUE]…';

/** What a command line asks for. */
export interface Asked {
  /** The template; without one the walk through the main job is asked for. */
  readonly file: string | undefined;
  readonly region: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Parameters that differ in an update of the stack; undefined: no update. */
  readonly update: Readonly<Record<string, string>> | undefined;
}

/** Reads a command line. Throws `CannotRun`. */
export function asked(args: readonly string[]): Asked {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        region: { type: 'string', default: 'eu-west-1' },
        parameter: { type: 'string', multiple: true, default: [] },
        update: { type: 'string', multiple: true },
      },
    });
    const [file, ...more] = positionals;
    if (more.length > 0) throw new Error(`One template at a time: ${more.join(', ')} is too much.`);
    if (!/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(values.region)) throw new Error(`${values.region} is no Region.`);
    if (file === undefined && (values.parameter.length > 0 || values.update))
      throw new Error('Parameters need a FILE.');
    const update = values.update && pairs(values.update);
    return { file, region: values.region, parameters: pairs(values.parameter), update };
  } catch (error) {
    throw new UnsupportedTemplateError(`${error instanceof Error ? error.message : error}\n${use}`);
  }
}

function pairs(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
      if (name === undefined || value === undefined) throw new Error(`${text} is not NAME=VALUE.`);
      return [name, value];
    }),
  );
}
