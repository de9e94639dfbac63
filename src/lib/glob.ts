/**
 * Whether a path fits a pattern as Go's `filepath.Match` and `filepath.Glob` take it: `*` and `?`
 * never pass a slash, `[a-z]` and `[^a-z]` are classes, a backslash takes the next character as it
 * is, braces and `**` mean nothing. A pattern that is malformed matches nothing. The time is
 * bounded by the product of both lengths.
 */
export function matchesGlob(path: string, glob: string): boolean {
  const [parts, patterns] = [path.split('/'), glob.split('/')];
  return (
    parts.length === patterns.length &&
    patterns.every((pattern, i) => matchesSegment(parts[i] ?? '', tokensOf(pattern)))
  );
}

/** Whether a text is a pattern that may name several files. */
export function hasWildcard(glob: string): boolean {
  return /[*?[]/.test(glob);
}

/**
 * Matches one character, or (`*`) any number of them; undefined: a malformed class, which matches
 * nothing.
 */
type Token = '*' | ((character: string) => boolean) | undefined;

function tokensOf(pattern: string): Token[] {
  const characters = [...pattern];
  const tokens: Token[] = [];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? '';
    if (character === '*') tokens.push('*');
    else if (character === '?') tokens.push(() => true);
    else if (character === '[') {
      const end = classEnd(characters, at);
      tokens.push(end === undefined ? undefined : classOf(characters.slice(at + 1, end)));
      at = end ?? characters.length;
    } else {
      const literal = character === '\\' ? characters[++at] : character;
      tokens.push(literal === undefined ? undefined : (one) => one === literal);
    }
  }
  return tokens;
}

/** Where the bracket closes that opens a class; the first character of a class is never its end. */
function classEnd(characters: string[], open: number): number | undefined {
  let at = open + (characters[open + 1] === '^' ? 2 : 1);
  for (let first = true; at < characters.length; at++, first = false) {
    if (characters[at] === '\\') at++;
    else if (characters[at] === ']' && !first) return at;
  }
  return undefined;
}

function classOf(inner: string[]): Token {
  const negated = inner[0] === '^';
  const ranges: [low: string, high: string][] = [];
  let at = negated ? 1 : 0;
  const next = (): string => (inner[at] === '\\' ? (inner[++at] ?? '') : (inner[at] ?? ''));
  for (; at < inner.length; at++) {
    const low = next();
    let high = low;
    if (inner[at + 1] === '-') {
      at += 2;
      high = next();
      if (high === '') return undefined;
    }
    ranges.push([low, high]);
  }
  return (one) => ranges.some(([low, high]) => low <= one && one <= high) !== negated;
}

/**
 * Goes back to the last `*` only: whatever an earlier one could take, the last one can take too.
 */
function matchesSegment(text: string, tokens: Token[]): boolean {
  const characters = [...text];
  let [at, token] = [0, 0];
  let star: { token: number; at: number } | undefined;
  while (at < characters.length) {
    const current = tokens[token];
    if (current === '*') {
      star = { token, at };
      token++;
    } else if (current?.(characters[at] ?? '') === true) {
      at++;
      token++;
    } else if (star) {
      token = star.token + 1;
      at = ++star.at;
    } else return false;
  }
  return tokens.slice(token).every((rest) => rest === '*');
}
