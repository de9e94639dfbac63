/**
 * Cells as a Markdown table, which is read as well in a terminal: the first row is the head, the
 * first column is text, the others are numbers.
 */
export function markdownTable(cells: string[][]): string {
  const [head = [], ...rows] = cells.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, i) =>
    Math.max(2, ...[head, ...rows].map((row) => row[i]?.length ?? 0)),
  );
  const line = (row: string[]): string =>
    `| ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, i) =>
    i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}
