import { seededRandom } from '../../src/lib/random.ts';

/** Whole numbers below a bound, the same at every run. */
export function numbers(seed: number): (below: number) => number {
  const next = seededRandom(seed);
  return (below) => Math.floor(next() * below);
}

/** What has broken parsers of YAML, JSON, PromQL and templates before. */
const ODDITIES = [
  '\u0000',
  '\ud800',
  '\ufeff',
  '\r',
  '\t',
  '"',
  "'",
  '`',
  '{{',
  '}}',
  '{{-',
  '{{/*',
  '[[',
  ']]',
  '${',
  '$',
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  '((((((((',
  '[[[[[[[[',
  '- - - -',
  '? ',
  ': ',
  '|',
  '>',
  '|2-',
  '&a ',
  '*a',
  '<<: *a',
  '&a [*a]',
  '!!binary x',
  '!<x> ',
  '%YAML 9',
  '---\n',
  '...\n',
  '# gtv-check: off',
  '# gtv-check: off-file promql/type -- x\n',
  '#',
  '~',
  'null',
  'true',
  '1e999',
  '-0x1',
  '.inf',
  '9'.repeat(400),
  '=~"(?!"',
  'by (',
  'offset',
  '@ end()',
  '[5m:',
  '\\',
  '\\u',
  '\u2028',
  '😀',
  'constructor',
  '__proto__',
  'toString',
];

/** A text with one thing broken. @param other what may be spliced in */
export function mutate(text: string, random: (below: number) => number, other: string): string {
  const at = random(text.length + 1);
  const length = random(3) === 0 ? random(text.length) : random(24);
  const oddity = ODDITIES[random(ODDITIES.length)] ?? '';
  switch (random(8)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + text.slice(at + length);
    case 2:
      return text.slice(0, at + length) + text.slice(at);
    case 3:
      return text.slice(0, at) + oddity + text.slice(at);
    case 4:
      return text.slice(0, at) + oddity + text.slice(at + length);
    case 5: {
      // A value of another kind: a list, a map, nothing.
      const lines = text.split('\n');
      const line = random(lines.length);
      lines[line] = (lines[line] ?? '').replace(
        /:\s.*$/,
        [': []', ': {}', ':', ': [[1]]', ': { a: { b: 1 } }', ': 7', ': true'][random(7)] ?? ':',
      );
      return lines.join('\n');
    }
    case 6: {
      const from = random(other.length);
      return text.slice(0, at) + other.slice(from, from + length) + text.slice(at);
    }
    default:
      return Array.from({ length: 6 }).reduce<string>((now) => {
        const where = random(now.length + 1);
        return (
          now.slice(0, where) +
          String.fromCharCode(random(random(2) === 0 ? 128 : 65536)) +
          now.slice(where + random(2))
        );
      }, text);
  }
}
