import { html, raw, escape } from './markup.ts';
import type { Markup } from './markup.ts';

/** What docs/findings.md says of one kind of finding: its section's paragraphs, without the heading; empty when it has none. */
export function guideFor(guide: string, id: string): Markup[] {
  const lines = guide.split('\n');
  const from = lines.indexOf(`## ${id}`);
  if (from < 0) return [];
  const next = lines.findIndex((line, i) => i > from && line.startsWith('## '));
  return lines.slice(from + 1, next < 0 ? lines.length : next).filter((line) => line.trim() !== '').map((line) => html`<p>${inline(line)}</p>`);
}

/** The little Markdown that the page's prose uses: code, bold and links. Links lead nowhere in a page that stands alone: their words stay. */
function inline(line: string): Markup {
  return raw(escape(line).replace(/`([^`]+)`/g, '<code>$1</code>').replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>').replace(/\[([^\]]+)\]\([^)]*\)/g, '$1'));
}
