/** A dashboard's variable where it is used: `$x`, `${x}`, `${x:regex}`, `[[x]]`, `${x.y}`. */
export interface VariableUse {
  name: string;
  from: number;
  to: number;
}

export interface Substituted {
  text: string;
  variables: (VariableUse & { guessed: boolean })[];
}

/** Lengths of time that Grafana fills in itself; any will do for the syntax. */
const DURATIONS = new Set(['__rate_interval', '__interval', '__range', '__rate_interval_ms', '__interval_ms']);

/** All uses of variables in a text, in order (Grafana's variable syntax: grafana.com/docs, "Variable syntax"). */
export function variableUses(text: string): VariableUse[] {
  const uses: VariableUse[] = [];
  for (let at = 0; at < text.length; at++) {
    const use = text[at] === '$' ? dollar(text, at) : text.startsWith('[[', at) ? brackets(text, at) : undefined;
    if (!use) continue;
    uses.push(use);
    at = use.to - 1;
  }
  return uses;
}

function dollar(text: string, from: number): VariableUse | undefined {
  if (text[from + 1] !== '{') {
    const name = word(text, from + 1);
    return name === '' ? undefined : { name, from, to: from + 1 + name.length };
  }
  const name = word(text, from + 2);
  const end = text.indexOf('}', from);
  return name === '' || end < 0 || !'}:.['.includes(text[from + 2 + name.length] ?? ' ') ? undefined : { name, from, to: end + 1 };
}

function brackets(text: string, from: number): VariableUse | undefined {
  const name = word(text, from + 2);
  const end = text.indexOf(']]', from);
  return name === '' || end < 0 || !']:.'.includes(text[from + 2 + name.length] ?? ' ') ? undefined : { name, from, to: end + 2 };
}

function word(text: string, from: number): string {
  let to = from;
  while (/\w/.test(text[to] ?? ' ')) to++;
  return text.slice(from, to);
}

/**
 * The expression with something of equal length in the place of each variable, so that offsets stay: a duration where
 * one belongs, nothing inside a text, else a name. What is put for a name is guessed: the variable may hold anything.
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
    const replacement = (isDuration ? (use.name.endsWith('_ms') ? '1' : '1m') : `V${'_'.repeat(length)}`.slice(0, length)).padEnd(length);
    result = result.slice(0, use.from) + replacement + result.slice(use.to);
    return { ...use, guessed: !isDuration };
  });
  return { text: result, variables };
}

/** Where the texts in quotes are. */
function quoted(text: string): [number, number][] {
  const found: [number, number][] = [];
  for (let at = 0; at < text.length; at++) {
    const quote = text[at] ?? '';
    if (!'"\'`'.includes(quote)) continue;
    let end = at + 1;
    while (end < text.length && text[end] !== quote) end += quote !== '`' && text[end] === '\\' ? 2 : 1;
    found.push([at, end]);
    at = end;
  }
  return found;
}
