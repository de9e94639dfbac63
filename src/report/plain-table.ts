import Table from 'cli-table3';

/** No lines but the one below the headings: the marks are the picture. */
const CHARS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '─',
  'mid-mid': '─',
  right: '',
  'right-mid': '',
};
const STYLE = { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true };

/** A cell's text, or with it how many columns it takes. */
export type Cell = string | { content: string; colSpan: number };

interface Columns {
  /** Their headings. */
  head: string[];
  /** How each is set; all to the left when absent. */
  colAligns?: ('left' | 'right')[];
  /** What stands between two of them. */
  between?: string;
}

/** A table as text, whose lines have no blanks at their ends. */
export function tableText(rows: Cell[][], { between = ' ', ...columns }: Columns): string {
  const table = new Table({ chars: { ...CHARS, middle: between }, style: STYLE, ...columns });
  table.push(...rows);
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
