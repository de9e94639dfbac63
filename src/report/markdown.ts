import { harmless } from './text.ts';

const LONGEST = 300;

/** A table in Markdown; cells are Markdown already. */
export function table(heads: string[], rows: string[][]): string {
  return [heads, heads.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/**
 * A recorded text as it reads, whatever it holds: no HTML, no Markdown, no new row; long ones are
 * cut.
 */
export function markdown(text: string): string {
  const letters = [
    ...harmless(text)
      .trim()
      .replace(/\p{Surrogate}/gu, ''),
  ];
  const short =
    letters.length > LONGEST ? `${letters.slice(0, LONGEST).join('')}…` : letters.join('');
  return short
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_[\]#|~$@]|^[-+]/g, (sign) => `&#${sign.charCodeAt(0)};`)
    .replace(/\s*\n\s*/g, '<br>');
}
