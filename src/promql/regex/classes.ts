/** Code points, from and to each. */
export type Ranges = [number, number][];

const LAST = 0x10ffff;
const DIGIT: Ranges = [[48, 57]];
const LOWER: Ranges = [[97, 122]];
const UPPER: Ranges = [[65, 90]];
const ALPHA: Ranges = [...LOWER, ...UPPER];
const ALNUM: Ranges = [...ALPHA, ...DIGIT];
const WORD: Ranges = [...ALNUM, [95, 95]];

/** What `\d`, `\w` and `\s` stand for; in capitals, anything else. */
const PERL: ReadonlyMap<string, Ranges> = new Map([
  ['d', DIGIT],
  ['w', WORD],
  [
    's',
    [
      [32, 32],
      [9, 10],
      [12, 13],
    ],
  ],
]);

/** What stands between `[:` and `:]` (Go's regexp/syntax, `posixGroup`). */
const NAMED: ReadonlyMap<string, Ranges> = new Map<string, Ranges>([
  ['alnum', ALNUM],
  ['alpha', ALPHA],
  ['ascii', [[0, 127]]],
  [
    'blank',
    [
      [32, 32],
      [9, 9],
    ],
  ],
  [
    'cntrl',
    [
      [0, 31],
      [127, 127],
    ],
  ],
  ['digit', DIGIT],
  ['graph', [[33, 126]]],
  ['lower', LOWER],
  ['print', [[32, 126]]],
  [
    'punct',
    [
      [33, 47],
      [58, 64],
      [91, 96],
      [123, 126],
    ],
  ],
  [
    'space',
    [
      [32, 32],
      [9, 13],
    ],
  ],
  ['upper', UPPER],
  ['word', WORD],
  ['xdigit', [...DIGIT, [97, 102], [65, 70]]],
]);

/** All other code points. */
export function inverted(ranges: Ranges): Ranges {
  const gaps: Ranges = [];
  let from = 0;
  for (const [first, last] of ranges.toSorted(([a], [b]) => a - b)) {
    if (first > from) gaps.push([from, first - 1]);
    from = Math.max(from, last + 1);
  }
  return from > LAST ? gaps : [...gaps, [from, LAST]];
}

/** The class that a letter behind a backslash stands for; undefined for any other letter. */
export function perlClass(letter: string): Ranges | undefined {
  const ranges = PERL.get(letter.toLowerCase());
  return ranges && letter !== letter.toLowerCase() ? inverted(ranges) : ranges;
}

export function classNamed(name: string): Ranges | undefined {
  return NAMED.get(name);
}
