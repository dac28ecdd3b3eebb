import type { Question } from '../../conformance/question';
import { questions } from '../../conformance/questions/index';

/** A section for each open question. */
export function questionList(): string {
  return questions.map(section).join('\n\n');
}

function section({ id, asks, meanwhile, command, look, tryOut }: Question): string {
  const ways = [look && 'by reading a pool that shows it', tryOut && 'with `--write`'].filter(Boolean);
  const how = ways.length > 0 ? `\`npm run conformance\` asks ${ways.join(', or ')}.` : 'By hand only.';
  return [`### ${id}`, asks, `Until it is known: ${meanwhile}`, how, `\`\`\`sh\n${command}\n\`\`\``].join('\n\n');
}
