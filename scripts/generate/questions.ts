import type { Question } from '../../conformance/question';
import { questions } from '../../conformance/questions/index';

/** A section for each open question. */
export function questionList(): string {
  return questions.map(section).join('\n\n');
}

function section({ id, asks, meanwhile, command, read, probe }: Question): string {
  const ways = [read && 'by reading a pool that shows it', probe && 'with `--write`'].filter(Boolean);
  const how = ways.length > 0 ? `\`npm run conformance\` asks ${ways.join(', or ')}.` : 'By hand only.';
  // A shell without comments, such as zsh at its prompt, would run the condition.
  const [line, condition] = command.split('  # ');
  const needs = condition === undefined ? 'The command needs AWS:' : `The command needs AWS (${condition}):`;
  return [`### ${id}`, asks, `Until it is known: ${meanwhile}`, `${how} ${needs}`, `\`\`\`sh\n${line}\n\`\`\``].join(
    '\n\n',
  );
}
