import type { Matcher } from '../promql/ast.ts';
import { parseRegex } from '../promql/regex/parse.ts';
import type { Regex } from '../promql/regex/parse.ts';
import { surelyFails } from './matching.ts';

/** Why no label value passes all matchers of a selector; undefined when one may. */
export function contradiction(matchers: readonly Matcher[]): string | undefined {
  for (const matcher of matchers) {
    const same = matchers.filter((m) => m.label === matcher.label && m !== matcher);
    const text = `\`${matcher.label}${matcher.op}${JSON.stringify(matcher.value)}\``;
    if (matcher.op === '!~' && passesEverything(parseRegex(matcher.value)))
      return `${text} lets no value pass: the pattern fits every text`;
    if (matcher.op !== '=' && matcher.op !== '=~') continue;
    const possible = matcher.op === '=' ? [matcher.value] : allTexts(matcher.value);
    const others = same.filter((m) => m.op === '=' || m.op === '!=' || parseRegex(m.value));
    if (possible && !possible.some((v) => !others.some((m) => surelyFails(m, v)))) {
      const [against] = others.filter((m) => possible.every((v) => surelyFails(m, v)));
      const other = against ?? others[0];
      if (other)
        return `${text} and \`${other.label}${other.op}${JSON.stringify(other.value)}\` contradict each other`;
    }
  }
  return undefined;
}

/** The beginning or the end: matchers are anchored there anyway. */
function isAnchor(regex: Regex): boolean {
  return regex.type === 'edge' && (regex.of === 'begin' || regex.of === 'end');
}

/** `.*`, however it is bracketed. */
function passesEverything(regex: Regex | undefined): boolean {
  switch (regex?.type) {
    case 'repeat': {
      const { part } = regex;
      const all = part.type === 'chars' && part.negated && part.ranges.length === 0;
      return (
        (all && regex.min === 0 && regex.max === Infinity) ||
        (regex.min <= 1 && passesEverything(part))
      );
    }
    case 'sequence': {
      const real = regex.parts.filter((p) => p.type !== 'empty' && !isAnchor(p));
      return real.length > 0 && real.every(passesEverything);
    }
    case 'either':
      return regex.options.some(passesEverything);
    case 'chars':
    case 'empty':
    case 'edge':
    case undefined:
      return false;
  }
}

/** Every text that a pattern fits, when they are few: alternatives written out. */
function allTexts(pattern: string): string[] | undefined {
  const regex = parseRegex(pattern);
  return regex && isFinite(regex) ? textsOf(regex) : undefined;
}

function textsOf(regex: Regex): string[] {
  if (regex.type === 'either') return regex.options.flatMap(textsOf);
  if (regex.type === 'sequence')
    return regex.parts.map(textsOf).reduce(
      (heads, ends) => {
        return heads.flatMap((head) => ends.map((end) => head + end));
      },
      [''],
    );
  const code = regex.type === 'chars' ? regex.ranges[0]?.[0] : undefined;
  return [code === undefined ? '' : String.fromCodePoint(code)];
}

/** Whether it consists of plain characters and alternatives, few enough for all to be made. */
function isFinite(regex: Regex): boolean {
  if (regex.type === 'either') return regex.options.length <= 24 && regex.options.every(isPlain);
  return regex.type === 'sequence' && regex.parts.length === 1 && regex.parts[0]
    ? isFinite(regex.parts[0]) || isPlain(regex)
    : isPlain(regex);
}

function isPlain(regex: Regex): boolean {
  switch (regex.type) {
    case 'empty':
      return true;
    case 'chars':
      return (
        !regex.negated &&
        !regex.anyCase &&
        regex.ranges.length === 1 &&
        regex.ranges[0]?.[0] === regex.ranges[0]?.[1]
      );
    case 'sequence':
      return regex.parts.every(isPlain);
    case 'edge':
      return isAnchor(regex);
    case 'either':
    case 'repeat':
      return false;
  }
}
