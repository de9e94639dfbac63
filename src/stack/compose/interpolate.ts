const VARIABLE = /\$(?:(\$)|(\w+)|\{(\w+)(?:(:?[-?+])([^}]*))?\})/g;

/**
 * Replaces variables as Compose does (compose-spec, 12-interpolation.md): `$NAME`, `${NAME}`,
 * `${NAME:-default}`, `${NAME-default}`, `${NAME:?word}`, and `$$` for a dollar.
 * @param missing called with the name of a variable that must be set and isn't; what it returns
 * takes its place
 */
export function interpolate(
  text: string,
  valueOf: (name: string) => string | undefined,
  missing: (name: string, written: string) => string,
): string {
  return text.replace(
    VARIABLE,
    (
      written: string,
      dollar: string | undefined,
      plain: string | undefined,
      named: string | undefined,
      how: string | undefined,
      word: string | undefined,
    ) => {
      if (dollar !== undefined) return '$';
      const name = plain ?? named ?? '';
      const value = valueOf(name);
      const set = how?.startsWith(':') === true ? Boolean(value) : value !== undefined;
      if (how?.endsWith('-') === true) return set ? (value ?? '') : (word ?? '');
      if (how?.endsWith('+') === true) return set ? (word ?? '') : '';
      if (!set && (how?.endsWith('?') === true || how === undefined)) return missing(name, written);
      return value ?? '';
    },
  );
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
