import { documents } from '../../scripts/generate/documents';

/** The text of a document of the repository. */
export function document(name: string): string {
  const found = documents().find(({ path }) => path.endsWith(`/${name}`));
  if (!found) throw new Error(`there is no ${name}`);
  return found.text;
}

/** The messages that documents quote, each with the document that does: every block quote is one. */
export function quotedMessages(): readonly { readonly where: string; readonly message: string }[] {
  return documents().flatMap(({ path, text }) =>
    [...text.matchAll(/^> (.*)$/gm)].map(([, message = '']) => ({ where: path.split('/').slice(-1).join(), message })),
  );
}

/** Does an answered message read as it is quoted? `…` stands for a part that differs each time. */
export function reads(message: string, quoted: string): boolean {
  const parts = quoted.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`, 's').test(message);
}
