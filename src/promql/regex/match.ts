import { parseRegex } from './parse.ts';
import type { Regex } from './parse.ts';

type Edge = Extract<Regex, { type: 'edge' }>;

/**
 * A state of the automaton: what it takes, and where it leads; `any` costs no character, but may
 * want an edge.
 */
interface State {
  any: { to: number; edge?: Edge }[];
  takes?: { chars: Extract<Regex, { type: 'chars' }>; to: number };
}

/** More states than this no honest pattern has. */
const MOST_STATES = 20_000;

const MOST_KEPT = 2_000;
const known = new Map<string, ReturnType<typeof matcherOf>>();

/**
 * Whether a pattern matches the whole of a text; undefined when it isn't understood. What was made
 * of a pattern is kept.
 */
export function matchesWhole(pattern: string, text: string): boolean | undefined {
  if (!known.has(pattern)) {
    if (known.size >= MOST_KEPT) known.clear();
    known.set(pattern, matcherOf(pattern));
  }
  return known.get(pattern)?.(text);
}

/**
 * Whether a pattern matches the whole of a text, in time that is linear in both, as RE2 does it:
 * whatever the pattern. Undefined when it isn't understood or has more than 20,000 states.
 */
export function matcherOf(pattern: string): ((text: string) => boolean) | undefined {
  const regex = parseRegex(pattern);
  if (!regex) return undefined;
  const states: State[] = [];
  const end = regex && build(regex, states);
  return end && ((text) => runs(states, end, text));
}

/**
 * Adds the states of a part. @returns its first and its last state; undefined when there are too
 * many
 */
function build(regex: Regex, states: State[]): [number, number] | undefined {
  const add = (): number => states.push({ any: [] }) - 1;
  const link = (from: number, to: number, edge?: Edge): void =>
    void states[from]?.any.push(edge ? { to, edge } : { to });
  if (states.length > MOST_STATES) return undefined;
  const [first, last] = [add(), add()];
  const inner = (part: Regex, from: number, to: number): boolean => {
    const built = build(part, states);
    if (!built) return false;
    link(from, built[0]);
    link(built[1], to);
    return true;
  };
  switch (regex.type) {
    case 'empty':
      link(first, last);
      return [first, last];
    case 'edge':
      link(first, last, regex);
      return [first, last];
    case 'chars':
      Object.assign(states[first] ?? {}, { takes: { chars: regex, to: last } });
      return [first, last];
    case 'either':
      return regex.options.every((option) => inner(option, first, last))
        ? [first, last]
        : undefined;
    case 'sequence': {
      let at = first;
      for (const part of regex.parts) {
        const next = add();
        if (!inner(part, at, next)) return undefined;
        at = next;
      }
      link(at, last);
      return [first, last];
    }
    case 'repeat': {
      let at = first;
      const copies = regex.max === Infinity ? Math.max(1, regex.min) : regex.max;
      for (let i = 0; i < copies; i++) {
        const next = add();
        if (!inner(regex.part, at, next)) return undefined;
        if (i >= regex.min) link(at, last);
        if (i === copies - 1 && regex.max === Infinity) link(next, at);
        at = next;
      }
      link(at, last);
      return [first, last];
    }
  }
}

function runs(states: State[], [first, last]: [number, number], text: string): boolean {
  const characters = [...text];
  let current = closure(states, [first], edgesBetween(undefined, characters[0]));
  for (const [i, c] of characters.entries()) {
    const code = c.codePointAt(0) ?? 0;
    const next: number[] = [];
    for (const at of current) {
      const takes = states[at]?.takes;
      if (takes && holds(takes.chars, code, c)) next.push(takes.to);
    }
    current = closure(states, next, edgesBetween(c, characters[i + 1]));
    if (current.size === 0) return false;
  }
  return current.has(last);
}

/** Which edges there are between two characters; undefined: the text's own beginning or end. */
function edgesBetween(before: string | undefined, after: string | undefined): Set<Edge['of']> {
  const isWord = (c: string | undefined): boolean => c !== undefined && /\w/.test(c);
  const edges = new Set<Edge['of']>([isWord(before) === isWord(after) ? 'inside' : 'word']);
  if (before === undefined) edges.add('begin');
  if (after === undefined) edges.add('end');
  return edges;
}

/** What can be reached from some states without a character, where there are these edges. */
function closure(states: State[], from: number[], edges: ReadonlySet<Edge['of']>): Set<number> {
  const found = new Set<number>();
  const open = [...from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (found.has(at)) continue;
    found.add(at);
    for (const { to, edge } of states[at]?.any ?? [])
      if (!edge || edges.has(edge.of)) open.push(to);
  }
  return found;
}

function holds(
  { ranges, negated, anyCase }: Extract<Regex, { type: 'chars' }>,
  code: number,
  c: string,
): boolean {
  const within = (n: number): boolean => ranges.some(([a, b]) => n >= a && n <= b);
  const inside =
    within(code) ||
    (anyCase &&
      (within(c.toLowerCase().codePointAt(0) ?? 0) || within(c.toUpperCase().codePointAt(0) ?? 0)));
  return inside !== negated;
}
