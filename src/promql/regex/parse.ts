import { classNamed, inverted, perlClass } from './classes.ts';
import type { Ranges } from './classes.ts';

/** A regular expression in RE2's syntax as a tree, as far as texts can be made from it. */
export type Regex =
  | { type: 'empty' }
  /** A place between two characters: `word` where a word begins or ends, `inside` anywhere else. */
  | { type: 'edge'; of: 'begin' | 'end' | 'word' | 'inside' }
  /** One character out of ranges of code points, or out of all others. */
  | { type: 'chars'; ranges: Ranges; negated: boolean; anyCase: boolean }
  | { type: 'sequence'; parts: Regex[] }
  | { type: 'either'; options: Regex[] }
  | { type: 'repeat'; part: Regex; min: number; max: number };

/** Nested deeper, nobody has written it by hand. */
const DEEPEST = 100;
/** RE2 repeats at most this often. */
const MOST = 1000;
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  f: '\f',
  v: '\v',
  a: '\x07',
};

/** Undefined for what isn't understood, or isn't a regular expression. */
export function parseRegex(pattern: string): Regex | undefined {
  try {
    const parser = new Parser(pattern);
    const regex = parser.either(0);
    return parser.atEnd ? regex : undefined;
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

class Unreadable extends Error {}

class Parser {
  private readonly text: string[];
  private at = 0;
  private anyCase = false;
  constructor(pattern: string) {
    this.text = [...pattern];
  }

  get atEnd(): boolean {
    return this.at >= this.text.length;
  }

  private take(expected: string): boolean {
    const matches = [...expected].every((c, i) => this.text[this.at + i] === c);
    if (matches) this.at += expected.length;
    return matches;
  }

  private next(): string {
    const c = this.text[this.at++];
    if (c === undefined) throw new Unreadable();
    return c;
  }

  either(depth: number): Regex {
    if (depth > DEEPEST) throw new Unreadable();
    const options = [this.sequence(depth)];
    while (this.take('|')) options.push(this.sequence(depth));
    return options.length === 1 ? (options[0] ?? { type: 'empty' }) : { type: 'either', options };
  }

  private sequence(depth: number): Regex {
    const parts: Regex[] = [];
    while (!this.atEnd && this.text[this.at] !== '|' && this.text[this.at] !== ')')
      parts.push(this.repeated(this.atom(depth)));
    return { type: 'sequence', parts };
  }

  private repeated(part: Regex): Regex {
    let result = part;
    for (;;) {
      const bounds = this.bounds();
      if (!bounds) return result;
      // Whether it prefers few or many makes no difference to what it matches.
      this.take('?');
      result = { type: 'repeat', part: result, min: bounds[0], max: bounds[1] };
    }
  }

  private bounds(): [number, number] | undefined {
    if (this.take('*')) return [0, Infinity];
    if (this.take('+')) return [1, Infinity];
    if (this.take('?')) return [0, 1];
    const counted = /^\{(\d{1,4})(,(\d{0,4}))?\}/.exec(
      this.text.slice(this.at, this.at + 12).join(''),
    );
    if (!counted) return undefined;
    this.at += counted[0].length;
    const min = Number(counted[1]);
    const max = counted[2] === undefined ? min : counted[3] ? Number(counted[3]) : Infinity;
    if (min > MOST || (max > MOST && max !== Infinity)) throw new Unreadable();
    return [min, max];
  }

  private atom(depth: number): Regex {
    if (this.take('(')) return this.group(depth);
    const c = this.next();
    switch (c) {
      case '.':
        return { type: 'chars', ranges: [], negated: true, anyCase: false };
      case '^':
      case '$':
        return { type: 'edge', of: c === '^' ? 'begin' : 'end' };
      case '[':
        return this.charClass();
      case '\\':
        return this.escape();
      case '*':
      case '+':
      case '?':
        throw new Unreadable();
      default:
        return this.literal(c);
    }
  }

  private literal(c: string): Regex {
    const code = c.codePointAt(0) ?? 0;
    return { type: 'chars', ranges: [[code, code]], negated: false, anyCase: this.anyCase };
  }

  private group(depth: number): Regex {
    const before = this.anyCase;
    if (this.take('?')) {
      const named = /^P?<\w+>/.exec(this.text.slice(this.at, this.at + 60).join(''));
      const flags = /^([imsU]*)(-[imsU]+)?(:|\))/.exec(
        this.text.slice(this.at, this.at + 12).join(''),
      );
      if (named) this.at += named[0].length;
      else if (flags) {
        this.at += flags[0].length;
        const [, on = '', off = ''] = flags;
        // Lines within a text, and a dot that leaves their ends out.
        if (on.includes('m') || off.includes('s')) throw new Unreadable();
        if (on.includes('i')) this.anyCase = true;
        if (off.includes('i')) this.anyCase = false;
        // `(?i)` holds until the end of the group that it stands in.
        if (flags[3] === ')') return { type: 'empty' };
      } else throw new Unreadable();
    }
    const inner = this.either(depth + 1);
    if (!this.take(')')) throw new Unreadable();
    this.anyCase = before;
    return inner;
  }

  private escape(): Regex {
    const c = this.next();
    const named = perlClass(c);
    if (named) return { type: 'chars', ranges: named, negated: false, anyCase: false };
    if (c === 'A' || c === 'z') return { type: 'edge', of: c === 'A' ? 'begin' : 'end' };
    if (c === 'b' || c === 'B') return { type: 'edge', of: c === 'b' ? 'word' : 'inside' };
    if (c === 'x') return this.literal(this.hexadecimal());
    return this.literal(escaped(c));
  }

  /** The character of `\x41` or `\x{1F600}`. */
  private hexadecimal(): string {
    const ahead = this.text.slice(this.at, this.at + 10).join('');
    const found = /^(?:\{([0-9a-fA-F]{1,6})\}|([0-9a-fA-F]{2}))/.exec(ahead);
    const code = parseInt(found?.[1] ?? found?.[2] ?? '', 16);
    if (!found || !(code <= 0x10ffff)) throw new Unreadable();
    this.at += found[0].length;
    return String.fromCodePoint(code);
  }

  private charClass(): Regex {
    const negated = this.take('^');
    const ranges: Ranges = [];
    let first = true;
    while (first || !this.take(']')) {
      first = false;
      ranges.push(...this.classItem());
    }
    return { type: 'chars', ranges, negated, anyCase: this.anyCase };
  }

  private classItem(): Ranges {
    const ahead = this.text.slice(this.at, this.at + 40).join('');
    const named = /^\[:(\^?)(.*?):\]/s.exec(ahead);
    if (named) {
      this.at += [...named[0]].length;
      const ranges = classNamed(named[2] ?? '');
      if (!ranges) throw new Unreadable();
      return named[1] === '' ? ranges : inverted(ranges);
    }
    const from = this.classChar();
    if (typeof from !== 'number') return from;
    if (this.text[this.at] !== '-' || this.text[this.at + 1] === ']') return [[from, from]];
    this.at++;
    const to = this.classChar();
    if (typeof to !== 'number' || to < from) throw new Unreadable();
    return [[from, to]];
  }

  private classChar(): number | Ranges {
    const c = this.next();
    if (c !== '\\') return c.codePointAt(0) ?? 0;
    const letter = this.next();
    if (letter === 'x') return this.hexadecimal().codePointAt(0) ?? 0;
    return perlClass(letter) ?? escaped(letter).codePointAt(0) ?? 0;
  }
}

/** What a backslash before a character stands for: itself, but for letters and digits. */
function escaped(c: string): string {
  const known = ESCAPES[c];
  if (known === undefined && /[a-zA-Z0-9]/.test(c)) throw new Unreadable();
  return known ?? c;
}
