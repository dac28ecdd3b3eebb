import { parseArgs } from 'node:util';
import { UnsupportedTemplateError } from './unsupported-template';

const usage = 'Use: npm start -- [FILE] [--region REGION] [--parameter NAME=VALUE]… [--update NAME=VALUE]…';

/** The arguments of `npm start`. */
interface Arguments {
  /** The template to run; undefined: the demo. */
  readonly file: string | undefined;
  readonly region: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Parameters that an update of the stack changes; undefined: no update. */
  readonly update: Readonly<Record<string, string>> | undefined;
}

/** Parses a command line. Throws `UnsupportedTemplateError` with the usage. */
export function parseArguments(args: readonly string[]): Arguments {
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
    const [file, ...surplus] = positionals;
    if (surplus.length > 0) throw new Error(`One template at a time: ${surplus.join(', ')} is too much.`);
    if (!/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(values.region)) throw new Error(`${values.region} is no Region.`);
    if (file === undefined && (values.parameter.length > 0 || values.update))
      throw new Error('Parameters need a FILE.');
    const update = values.update && parsePairs(values.update);
    return { file, region: values.region, parameters: parsePairs(values.parameter), update };
  } catch (error) {
    throw new UnsupportedTemplateError(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
}

function parsePairs(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
      if (name === undefined || value === undefined) throw new Error(`${text} is not NAME=VALUE.`);
      return [name, value];
    }),
  );
}
