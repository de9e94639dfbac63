/** Letters of `\p{…}` and `[[:…:]]` are looked up; the classes of Perl are these. */
const POSIX_CLASSES = new Set(
  'alnum alpha ascii blank cntrl digit graph lower print punct space upper word xdigit'.split(' '),
);
const PERL_CLASSES = 'dDsSwW';
/** It may begin with a digit, and stand at several groups. */
const NAME = /^\w+$/;
/** The highest count that a repetition may have, nested ones multiplied. */
const MOST_REPEATS = 1000;

class Refused extends Error {}

/**
 * Why RE2 refuses a pattern, in Go's words; undefined when it takes it. The syntax is that of Go's
 * regexp/syntax with Perl's extensions; patterns are anchored before they are compiled, as
 * Prometheus and Alertmanager do.
 */
export function re2Problem(pattern: string): string | undefined {
  try {
    new Re2Parser(`^(?s:${pattern})$`).parse();
    return undefined;
  } catch (error) {
    if (error instanceof Refused) return error.message;
    throw error;
  }
}

/**
 * One open group: whether something stands before the next operator, and how often its content
 * repeats.
 */
interface Group {
  /** Repetitions within the last atom; undefined when there is none to repeat. */
  atom: number | undefined;
  most: number;
}

class Re2Parser {
  private readonly text: string;
  private at = 0;
  private readonly groups: Group[] = [{ atom: undefined, most: 1 }];
  /** Where the repetition that was just read begins: a second one may not follow. */
  private repeatedFrom: number | undefined;

  constructor(text: string) {
    this.text = text;
  }

  parse(): void {
    while (this.at < this.text.length) {
      const from = this.at;
      const repetition = this.repetition();
      if (!repetition) this.piece();
      this.repeatedFrom = repetition ? from : undefined;
    }
    if (this.groups.length > 1) throw new Refused('missing closing `)`');
  }

  private get group(): Group {
    const last = this.groups.at(-1);
    if (!last) throw new Refused('unexpected `)`');
    return last;
  }

  private atom(repeats = 1): void {
    this.group.atom = repeats;
    this.group.most = Math.max(this.group.most, repeats);
  }

  private piece(): void {
    const character = this.text[this.at++];
    if (character === '(') this.open();
    else if (character === ')') this.close();
    else if (character === '|') this.group.atom = undefined;
    else if (character === '[') this.characterClass();
    else if (character === '\\') this.backslash();
    else this.atom();
  }

  /**
   * `*`, `+`, `?`, `{2,3}`, each perhaps with a `?`. A brace that counts nothing is a character
   * like others.
   */
  private repetition(): boolean {
    const from = this.at;
    const found = /^(?:[*+?]|\{(\d+)(?:(,)(\d*))?\})/.exec(this.text.slice(from, from + 24));
    if (!found) return false;
    this.at += found[0].length;
    if (this.text[this.at] === '?') this.at++;
    const written = this.text.slice(from, this.at);
    if (this.repeatedFrom !== undefined)
      throw new Refused(
        `invalid nested repetition operator: \`${this.text.slice(this.repeatedFrom, this.at)}\``,
      );
    const { atom } = this.group;
    const count = found[1] === undefined ? 1 : this.count(found, written);
    if (atom === undefined)
      throw new Refused(`missing argument to repetition operator: \`${found[0]}\``);
    if (count > 1 && atom * count > MOST_REPEATS)
      throw new Refused(`invalid repeat count: \`${written}\``);
    this.atom(atom * Math.max(1, count));
    return true;
  }

  private count([, least = '', comma, most = '']: RegExpExecArray, written: string): number {
    const min = Number(least);
    const max = comma === undefined ? min : most === '' ? undefined : Number(most);
    if (min > MOST_REPEATS || (max !== undefined && (max > MOST_REPEATS || min > max)))
      throw new Refused(`invalid repeat count: \`${written}\``);
    return max ?? min;
  }

  private open(): void {
    if (this.text[this.at] === '?') {
      const rest = this.text.slice(this.at - 1);
      const named = /^\(\?P?<([^>]*)>/.exec(rest);
      const flags = /^\(\?([imsU]*(?:-[imsU]+)?)([:)])/.exec(rest);
      if (named && !/^\(\?<[=!]/.test(rest)) {
        if (!NAME.test(named[1] ?? '')) throw new Refused(`invalid named capture: \`${named[0]}\``);
        this.at += named[0].length - 1;
      } else if (flags) {
        this.at += flags[0].length - 1;
        if (flags[2] === ')') return;
      } else
        throw new Refused(
          `invalid or unsupported Perl syntax: \`${rest.slice(0, /^\(\?[<P]/.test(rest) ? 4 : 3)}\``,
        );
    }
    this.groups.push({ atom: undefined, most: 1 });
  }

  private close(): void {
    const inner = this.groups.pop();
    if (this.groups.length === 0) throw new Refused('unexpected `)`');
    this.atom(inner?.most ?? 1);
  }

  private backslash(): void {
    const next = this.text[this.at];
    if (next === 'Q') {
      const end = this.text.indexOf('\\E', this.at);
      const quoted = this.text.slice(this.at + 1, end < 0 ? undefined : end);
      this.at = end < 0 ? this.text.length : end + 2;
      if (quoted !== '') this.atom();
      return;
    }
    if (next !== undefined && 'AzbB'.includes(next)) this.at++;
    else this.escaped();
    this.atom();
  }

  /**
   * What stands behind a backslash, the backslash already read. @returns its code point; undefined
   * for a class
   */
  private escaped(): number | undefined {
    const from = this.at - 1;
    const next = this.text[this.at++];
    if (next === undefined) throw new Refused('trailing backslash at end of expression: ``');
    if (PERL_CLASSES.includes(next)) return undefined;
    if (next === 'p' || next === 'P') {
      this.unicodeClass(from);
      return undefined;
    }
    const rest = this.text.slice(this.at);
    const octal = /^(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(next + rest)?.[0];
    if (octal !== undefined) {
      this.at += octal.length - 1;
      return parseInt(octal, 8);
    }
    const hexadecimal =
      next === 'x' ? /^(?:\{([\da-fA-F]+)\}|([\da-fA-F]{2}))/.exec(rest) : undefined;
    if (hexadecimal) {
      this.at += hexadecimal[0].length;
      const code = parseInt(hexadecimal[1] ?? hexadecimal[2] ?? '', 16);
      if (code <= 0x10ffff) return code;
    } else if ('afnrtv'.includes(next))
      return '\u0007\f\n\r\t\v'.charCodeAt('afnrtv'.indexOf(next));
    else if (next < '\u0080' && !/[A-Za-z0-9]/.test(next)) return next.charCodeAt(0);
    throw new Refused(`invalid escape sequence: \`${this.text.slice(from, this.at)}\``);
  }

  private unicodeClass(from: number): void {
    const named = /^(?:\{\^?([^}]*)\}|(.))/u.exec(this.text.slice(this.at));
    if (named) this.at += named[0].length;
    const name = named?.[1] ?? named?.[2] ?? '';
    if (!isUnicodeClass(name.replace(/^\^/, '')))
      throw new Refused(`invalid character class range: \`${this.text.slice(from, this.at)}\``);
  }

  private characterClass(): void {
    const from = this.at - 1;
    if (this.text[this.at] === '^') this.at++;
    for (let first = true; first || this.text[this.at] !== ']'; first = false) this.classItem(from);
    this.at++;
    this.atom();
  }

  private classItem(classFrom: number): void {
    const named = /^\[:(\^?)(.*?):\]/.exec(this.text.slice(this.at));
    if (named) {
      if (!POSIX_CLASSES.has(named[2] ?? ''))
        throw new Refused(`invalid character class range: \`${named[0]}\``);
      this.at += named[0].length;
      return;
    }
    const from = this.at;
    const low = this.classCharacter(classFrom);
    if (low === undefined || this.text[this.at] !== '-' || (this.text[this.at + 1] ?? ']') === ']')
      return;
    this.at++;
    const high = this.classCharacter(classFrom);
    if (high === undefined || high < low)
      throw new Refused(`invalid character class range: \`${this.text.slice(from, this.at)}\``);
  }

  private classCharacter(classFrom: number): number | undefined {
    const code = this.text.codePointAt(this.at);
    // The last character closes the group that was put around the pattern.
    if (code === undefined)
      throw new Refused(`missing closing \`]\`: \`${this.text.slice(classFrom, -2)}\``);
    this.at += code > 0xffff ? 2 : 1;
    return code === 0x5c ? this.escaped() : code;
  }
}

/** General categories and scripts are known to JavaScript by the same names. */
function isUnicodeClass(name: string): boolean {
  if (name === 'Any') return true;
  if (!/^\w+$/.test(name)) return false;
  return [`\\p{${name}}`, `\\p{Script=${name}}`].some((source) => {
    try {
      new RegExp(source, 'u');
      return true;
    } catch {
      return false;
    }
  });
}
