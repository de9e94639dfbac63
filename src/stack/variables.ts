import { variableUses } from '../lib/grafana-variables.ts';
import type { VariableUse } from '../lib/grafana-variables.ts';

export interface Substituted {
  text: string;
  variables: (VariableUse & { guessed: boolean })[];
}

/** Lengths of time that Grafana fills in itself; any will do for the syntax. */
const DURATIONS = new Set([
  '__rate_interval',
  '__interval',
  '__range',
  '__rate_interval_ms',
  '__interval_ms',
  '__range_s',
  '__range_ms',
]);

/**
 * The expression with something of equal length in the place of each variable, so that offsets
 * stay: a duration where one belongs, nothing inside a text, else a name. What is put for a name is
 * guessed: the variable may hold anything.
 */
export function substitute(text: string): Substituted {
  const uses = variableUses(text);
  const quotes = quoted(text);
  let result = text;
  const variables = uses.map((use) => {
    const length = use.to - use.from;
    const before = text.slice(0, use.from).trimEnd();
    const inText = quotes.some(([from, to]) => use.from > from && use.from < to);
    if (inText) return { ...use, guessed: false };
    const isDuration = DURATIONS.has(use.name) || /(?:[[:]|\boffset(?:\s*-)?)$/.test(before);
    // With its unit behind it (`${__range_s}s`), or in a sum, it is a number; digits fill the place
    // up to the unit.
    const isNumber = /_m?s$/.test(use.name) || /[a-z]/.test(text[use.to] ?? '');
    const replacement = isDuration
      ? isNumber
        ? '1'.padStart(length, '0')
        : '1m'.padEnd(length)
      : `V${'_'.repeat(length)}`.slice(0, length);
    result = result.slice(0, use.from) + replacement + result.slice(use.to);
    return { ...use, guessed: !isDuration };
  });
  return { text: result, variables };
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** Where the texts in quotes are. */
function quoted(text: string): [number, number][] {
  const found: [number, number][] = [];
  for (let at = 0; at < text.length; at++) {
    const quote = text[at] ?? '';
    // What stands in a comment opens nothing.
    if (quote === '#') at = endOfLine(text, at);
    if (!'"\'`'.includes(quote)) continue;
    let end = at + 1;
    while (end < text.length && text[end] !== quote)
      end += quote !== '`' && text[end] === '\\' ? 2 : 1;
    found.push([at, end]);
    at = end;
  }
  return found;
}
