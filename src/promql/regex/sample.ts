import { parseRegex } from './parse.ts';
import type { Regex } from './parse.ts';

/** How many texts are made of one pattern at most, and how long each may become. */
const MOST = 24;
const LONGEST = 200;
/** Tried first where any character may stand. */
const PREFERRED = 'x1a0A-_/. ';

/** Texts that a regular expression matches, the plainest first; none when it isn't understood. */
export function samples(pattern: string): string[] {
  const regex = parseRegex(pattern);
  return regex ? [...new Set(made(regex))].filter((text) => text.length <= LONGEST) : [];
}

function made(regex: Regex): string[] {
  switch (regex.type) {
    case 'empty':
    case 'edge':
      return [''];
    case 'chars':
      return characters(regex).slice(0, 3);
    case 'either':
      return regex.options.flatMap((option) => made(option).slice(0, 4)).slice(0, MOST);
    case 'sequence':
      return regex.parts.reduce<string[]>((heads, part) => joined(heads, made(part)), ['']);
    case 'repeat':
      return repeated(regex.part, regex.min, regex.max);
  }
}

/** The first of each with all of the other, then the rest, never more than are wanted. */
function joined(heads: string[], tails: string[]): string[] {
  const first = tails[0] ?? '';
  const straight = heads.map((head) => head + first);
  const others = tails.slice(1).map((tail) => (heads[0] ?? '') + tail);
  return [...straight, ...others].slice(0, MOST).map((text) => text.slice(0, LONGEST + 1));
}

function repeated(part: Regex, min: number, max: number): string[] {
  const once = made(part);
  const times = (n: number): string => (once[0] ?? '').repeat(Math.min(n, LONGEST));
  const least = Math.max(min, Math.min(1, max));
  return [
    times(least),
    ...(least === 1 ? once.slice(1) : []),
    ...(max > least ? [times(least + 1)] : []),
    ...(min < least ? [times(min)] : []),
  ];
}

function characters({ ranges, negated }: Extract<Regex, { type: 'chars' }>): string[] {
  const holds = (code: number): boolean => ranges.some(([a, b]) => code >= a && code <= b);
  if (negated) return [...PREFERRED].filter((c) => !holds(c.codePointAt(0) ?? 0));
  const preferred = [...PREFERRED].filter((c) => holds(c.codePointAt(0) ?? 0));
  const ends = ranges.flatMap(([a, b]) => [String.fromCodePoint(a), String.fromCodePoint(b)]);
  return [...preferred, ...ends];
}

const GROUP = /\((?!\?)[^()]*\)/;

/** Texts that a pattern matches, with a text in the place of its first group. */
export function samplesAround(pattern: string, text: string): string[] {
  const literal = text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
  return samples(pattern.replace(GROUP, () => literal));
}
