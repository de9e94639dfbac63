import { html, raw, escape } from './markup.ts';
import type { Markup } from './markup.ts';

const MEND = '**Mend:** ';

/** What docs/findings.md says of one kind of finding. */
export interface Guide {
  /** Null when nothing can be told. */
  mend: Markup | null;
  /** The section's other paragraphs; empty when it has none. */
  paragraphs: Markup[];
}

/** The section of docs/findings.md on this kind of finding. */
export function guideFor(guide: string, id: string): Guide {
  const lines = guide.split('\n');
  const from = lines.indexOf(`## ${id}`);
  if (from < 0) return { mend: null, paragraphs: [] };
  const next = lines.findIndex((line, i) => i > from && line.startsWith('## '));
  const own = lines
    .slice(from + 1, next < 0 ? lines.length : next)
    .filter((line) => line.trim() !== '');
  const mend = own.find((line) => line.startsWith(MEND));
  return {
    mend: mend === undefined ? null : inline(mend.slice(MEND.length)),
    paragraphs: own.filter((line) => line !== mend).map((line) => html`<p>${inline(line)}</p>`),
  };
}

/**
 * The little Markdown that the findings' prose uses: code, bold and links. Links lead nowhere in a
 * page that stands alone: their words stay.
 */
function inline(line: string): Markup {
  return raw(
    withCode(line)
      .text.replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
      .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1'),
  );
}

/** A text with what stands in backticks as code; nothing else of it has a meaning. */
export function withCode(text: string): Markup {
  return raw(escape(text).replace(/`([^`]+)`/g, '<code>$1</code>'));
}
