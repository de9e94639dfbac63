/** What begins a variable: `$$`, `$NAME`, `${NAME`, with how it is to be filled in. */
const OPENING = /\$(?:(\$)|(\w+)|\{(\w+)(:?[-?+])?)/g;
/** Nobody writes a default within a default more often than this. */
const DEEPEST = 20;

type ValueOf = (name: string) => string | undefined;
type Missing = (name: string, written: string) => string;

/**
 * Replaces variables as Compose does (compose-spec, 12-interpolation.md): `$NAME`, `${NAME}`,
 * `${NAME:-default}`, `${NAME-default}`, `${NAME:?word}`, `${NAME:+word}`, and `$$` for a dollar;
 * what stands for a default may hold variables itself. What is none stays as it is written.
 * @param missing called with the name of a variable that must be set and isn't; what it returns
 * takes its place
 */
export function interpolate(text: string, valueOf: ValueOf, missing: Missing, depth = 0): string {
  if (depth > DEEPEST) return text;
  const ends = closings(text);
  let result = '';
  let at = 0;
  for (const found of text.matchAll(OPENING)) {
    const [opening, dollar, plain, named = '', how] = found;
    if (found.index < at) continue;
    const behind = found.index + opening.length;
    const end = named === '' ? behind : ends.get(found.index);
    const isWhole = end !== undefined && (how !== undefined || named === '' || end === behind + 1);
    if (!isWhole) continue;
    const written = text.slice(found.index, end);
    const word = (): string =>
      interpolate(text.slice(behind, end - 1), valueOf, missing, depth + 1);
    result += text.slice(at, found.index);
    result +=
      dollar === undefined ? filled(plain ?? named, how, word, written, valueOf, missing) : '$';
    at = end;
  }
  return result + text.slice(at);
}

function filled(
  name: string,
  how: string | undefined,
  word: () => string,
  written: string,
  valueOf: ValueOf,
  missing: Missing,
): string {
  const value = valueOf(name);
  const set = how?.startsWith(':') === true ? Boolean(value) : value !== undefined;
  if (how?.endsWith('-') === true) return set ? (value ?? '') : word();
  if (how?.endsWith('+') === true) return set ? word() : '';
  return set ? (value ?? '') : missing(name, written);
}

/** Where each `${` ends, behind its `}`: one pass, however deep they stand in each other. */
function closings(text: string): Map<number, number> {
  const ends = new Map<number, number>();
  const open: number[] = [];
  for (let at = 0; at < text.length; at++) {
    if (text.startsWith('$$', at)) at++;
    else if (text.startsWith('${', at)) open.push(at++);
    else if (text[at] === '}') {
      const from = open.pop();
      if (from !== undefined) ends.set(from, at + 1);
    }
  }
  return ends;
}

/**
 * Replaces those variables that are known, or have a default; the others stay as they are written.
 */
export function fillKnown(text: string, valueOf: (name: string) => string | undefined): string {
  return interpolate(text, valueOf, (_name, written) => written);
}

/**
 * The words of a command that is written as one text, as a shell would take it apart; quotes are
 * honoured, nothing is expanded.
 */
export function shellWords(text: string): string[] {
  const words = text.match(/(?:[^\s"']+|"(?:\\.|[^"\\])*"|'[^']*')+/g) ?? [];
  return words.map((word) =>
    word.replace(
      /"((?:\\.|[^"\\])*)"|'([^']*)'/g,
      (_all, double: string | undefined, single: string | undefined) =>
        double?.replace(/\\(.)/g, '$1') ?? single ?? '',
    ),
  );
}

const UNITS: Record<string, number> = {
  '': 1,
  b: 1,
  k: 1024,
  kb: 1024,
  m: 1024 ** 2,
  mb: 1024 ** 2,
  g: 1024 ** 3,
  gb: 1024 ** 3,
};

/** Bytes of Compose's notation (`128mb`); undefined when it is none. */
export function byteValue(text: string): number | undefined {
  const [, amount, unit = ''] = /^(\d+)\s*([a-z]*)$/i.exec(text.trim()) ?? [];
  const factor = UNITS[unit.toLowerCase()];
  return amount === undefined || factor === undefined ? undefined : Number(amount) * factor;
}
