import { parseRegex } from './parse.ts';
import type { Regex } from './parse.ts';

/** A state of the automaton: what it takes, and where it leads; `any` costs no character. */
interface State {
  any: number[];
  takes?: { chars: Extract<Regex, { type: 'chars' }>; to: number };
}

/** More states than this no honest pattern has. */
const MOST_STATES = 20_000;

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
  const link = (from: number, to: number): void => void states[from]?.any.push(to);
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
  let current = closure(states, [first]);
  for (const c of text) {
    const code = c.codePointAt(0) ?? 0;
    const next: number[] = [];
    for (const at of current) {
      const takes = states[at]?.takes;
      if (takes && holds(takes.chars, code, c)) next.push(takes.to);
    }
    current = closure(states, next);
    if (current.size === 0) return false;
  }
  return current.has(last);
}

function closure(states: State[], from: number[]): Set<number> {
  const found = new Set<number>();
  const open = [...from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (found.has(at)) continue;
    found.add(at);
    open.push(...(states[at]?.any ?? []));
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
