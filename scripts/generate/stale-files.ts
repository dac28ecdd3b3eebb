import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documents, withParts } from './documents';
import type { Generator } from './generators';

const root = join(__dirname, '..', '..');

/** The files that differ from what the generators make, each with the text it should have. Throws for an unknown part. */
export function staleFiles(
  generators: readonly Generator[],
): readonly { readonly path: string; readonly text: string }[] {
  const whole = generators.flatMap((one) => ('file' in one ? [{ path: join(root, one.file), text: one.make() }] : []));
  const makers = new Map(generators.flatMap((one) => ('part' in one ? [[one.part, one.make] as const] : [])));
  const filled =
    makers.size > 0 ? documents().map(({ path, text }) => ({ path, text: withParts(text, 'generate', makers) })) : [];
  return [...whole, ...filled].filter(({ path, text }) => !existsSync(path) || readFileSync(path, 'utf8') !== text);
}
