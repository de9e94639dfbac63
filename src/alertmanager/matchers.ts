import type { Matcher, MatchOp } from '../promql/ast.ts';
import { passes } from '../promql/matchers.ts';
import { unquote } from '../promql/unquote.ts';

/** A matcher of a route, an inhibition or a silence. */
export type LabelMatcher = Pick<Matcher, 'label' | 'op' | 'value'>;

const OPERATOR = /=~|!~|!=|=/;
/**
 * What is no part of a name or value that stands without quotes (matcher/parse/lexer.go,
 * `isReserved`).
 */
const UNQUOTED = /[^\s{}!=~,"\\'`]+/;
const QUOTED = /"(?:[^"\\]|\\[^])*"/;
const GO_QUOTED =
  /^"(?:[^"\\\n]|\\(?:[abfnrtv\\"]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{3}))*"$/;
/**
 * The one matcher of the classic syntax (pkg/labels/parse.go); its value may hold blanks and
 * operators.
 */
const CLASSIC = /^\s*([a-zA-Z_:][\w:]*)\s*(=~|!=|!~|=)\s*([^]*?)\s*$/;

/**
 * The matchers of one text of alertmanager.yml: `a="b"`, `a=~b.*`, `{a="b", c!="d"}`. As
 * Alertmanager does by itself, read by the syntax with UTF-8 names first, and by the classic one
 * where that refuses it (matcher/compat/parse.go). Undefined when it is no list of matchers.
 */
export function parseMatchers(text: string): LabelMatcher[] | undefined {
  return parseUtf8(text) ?? parseClassic(text);
}

/**
 * Whether labels pass all matchers; a label that isn't there is empty. Undefined: a pattern isn't
 * understood.
 */
export function passesAll(
  matchers: LabelMatcher[],
  labels: Readonly<Record<string, string>>,
): boolean | undefined {
  const results = matchers.map((matcher) =>
    passes(matcher, Object.hasOwn(labels, matcher.label) ? (labels[matcher.label] ?? '') : ''),
  );
  return results.includes(false) ? false : results.includes(undefined) ? undefined : true;
}

/** A matcher as Alertmanager writes it: `severity="critical"`. */
export function formatMatcher({ label, op, value }: LabelMatcher): string {
  const plain = /^[a-zA-Z_:][\w:]*$/.test(label);
  return `${plain ? label : JSON.stringify(label)}${op}${JSON.stringify(value)}`;
}

function parseUtf8(text: string): LabelMatcher[] | undefined {
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    while (/\s/.test(text[at] ?? '')) at++;
    const sticky = new RegExp(pattern.source, 'y');
    sticky.lastIndex = at;
    const found = sticky.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  const name = (): string | undefined => {
    const token = take(QUOTED) ?? take(UNQUOTED);
    return token?.startsWith('"') ? goUnquote(token) : token;
  };
  const matchers: LabelMatcher[] = [];
  const braced = take(/\{/) !== undefined;
  for (;;) {
    if (braced && take(/\}/) !== undefined) break;
    const label = name();
    const op = take(OPERATOR);
    const value = name();
    if (label === undefined || op === undefined || value === undefined) return undefined;
    matchers.push({ label, op: op as MatchOp, value });
    const comma = take(/,/) !== undefined;
    if (!braced && text.slice(at).trim() === '') break;
    if (!comma && !(braced && /^\s*\}/.test(text.slice(at)))) return undefined;
  }
  return text.slice(at).trim() === '' && matchers.length > 0 ? matchers : undefined;
}

function parseClassic(text: string): LabelMatcher[] | undefined {
  const inner = text.replace(/^\{/, '').replace(/\}$/, '');
  const parts = splitOutsideQuotes(inner);
  const matchers = parts.map((part): LabelMatcher | undefined => {
    const [, label, op, raw] = CLASSIC.exec(part) ?? [];
    const value = raw === undefined ? undefined : classicValue(raw);
    return label === undefined || value === undefined
      ? undefined
      : { label, op: op as MatchOp, value };
  });
  return matchers.length > 0 && matchers.every((m) => m !== undefined) ? matchers : undefined;
}

/** By the commas that stand outside of quotes; nothing behind the last one is no part. */
function splitOutsideQuotes(text: string): string[] {
  const parts: string[] = [];
  let [from, quoted] = [0, false];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') quoted = !quoted;
    else if (text[at] === ',' && !quoted) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  const last = text.slice(from);
  return last.trim() === '' ? parts : [...parts, last];
}

/**
 * Quotes stand at both ends or nowhere; a backslash before anything but `n`, `"` and itself is one.
 */
function classicValue(raw: string): string | undefined {
  const opened = raw.startsWith('"');
  const inner = opened ? raw.slice(1, -1) : raw;
  if (opened && (raw.length < 2 || !/^(?:[^\\"]|\\[^])*$/.test(inner) || !raw.endsWith('"')))
    return undefined;
  if (!opened && /(?:^|[^\\])"/.test(raw)) return undefined;
  return inner.replace(/\\([n"\\])/g, (_all, escaped: string) =>
    escaped === 'n' ? '\n' : escaped,
  );
}

/**
 * A text in double quotes by Go's rules (strconv.Unquote); undefined when one of its escapes is
 * none.
 */
function goUnquote(quoted: string): string | undefined {
  return GO_QUOTED.test(quoted) ? unquote(quoted) : undefined;
}
