import { regexOf } from '../../promql/matchers.ts';

/** Longest pattern that a value is looked for. */
const LONGEST = 500;

/**
 * A value that a regular expression matches as a whole, and that is no empty one where it needn't
 * be; undefined when none was found. Each try is checked by the expression itself.
 */
export function valueFor(pattern: string): string | undefined {
  if (pattern.length > LONGEST) return undefined;
  const regex = regexOf(pattern);
  const tries = [new Sampler(pattern).value(), 'x', '1', 'true', ''];
  return tries.find((value) => value !== undefined && regex?.test(value));
}

/** Walks through a pattern once, and takes the first way everywhere. */
class Sampler {
  private at = 0;
  private readonly pattern: string;

  constructor(pattern: string) {
    this.pattern = pattern.replace(/^\(\?[a-z]+\)/, '');
  }

  value(): string | undefined {
    try {
      const value = this.alternatives();
      return this.at === this.pattern.length ? value : undefined;
    } catch {
      return undefined;
    }
  }

  private alternatives(): string {
    let first: string | undefined;
    do {
      const branch = this.sequence();
      first = first === undefined || first === '' ? branch : first;
    } while (this.take('|'));
    return first;
  }

  private sequence(): string {
    let text = '';
    while (this.at < this.pattern.length && !'|)'.includes(this.peek())) text += this.repeated();
    return text;
  }

  private repeated(): string {
    const one = this.atom();
    const quantifier = /^(?:[*+?]|\{(\d+)(?:,\d*)?\})\??/.exec(this.pattern.slice(this.at));
    if (!quantifier) return one;
    this.at += quantifier[0].length;
    return one.repeat(Math.min(100, Number(quantifier[1] ?? 1)));
  }

  private atom(): string {
    const c = this.pattern[this.at++] ?? '';
    if (c === '(') return this.group();
    if (c === '[') return this.set();
    if (c === '\\') return this.escape();
    if (c === '.') return 'x';
    return c === '^' || c === '$' ? '' : c;
  }

  private group(): string {
    const head = /^\?(?::|P?<\w+>)/.exec(this.pattern.slice(this.at));
    this.at += head?.[0].length ?? 0;
    const value = this.alternatives();
    if (!this.take(')')) throw new Error('an open group');
    return value;
  }

  private set(): string {
    const end = this.pattern.indexOf(']', this.at + 1);
    if (end < 0) throw new Error('an open set');
    const members = this.pattern.slice(this.at, end);
    this.at = end + 1;
    const regex = regexOf(`[${members}]`);
    return [...'xX1_-./: '].find((c) => regex?.test(c)) ?? members[0] ?? '';
  }

  private escape(): string {
    const c = this.pattern[this.at++] ?? '';
    if (c === 'd') return '1';
    if (c === 'w') return 'x';
    if (c === 's') return ' ';
    return 'bBAzDSW'.includes(c) ? '' : c;
  }

  private peek(): string {
    return this.pattern[this.at] ?? '';
  }

  private take(c: string): boolean {
    if (this.peek() !== c) return false;
    this.at++;
    return true;
  }
}
