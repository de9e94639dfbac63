import { matchesWhole } from './match.ts';

/** Longer patterns and texts, which JavaScript's engine may take for ever over, aren't tried. */
const LONGEST = 2_000;

/**
 * What the groups of a pattern take of a text that it matches as a whole, as relabelling wants
 * them: by JavaScript's engine, since the automaton of `match.ts` keeps no groups. That it matches
 * at all is asked of the automaton first.
 * @returns undefined when it doesn't match, or isn't understood
 */
export function captured(pattern: string, text: string): RegExpExecArray | undefined {
  if (text.length > LONGEST || pattern.length > LONGEST) return undefined;
  if (matchesWhole(pattern, text) !== true) return undefined;
  const flags = /^\(\?([is]+)\)/.exec(pattern);
  const body = (flags ? pattern.slice(flags[0].length) : pattern).replaceAll('(?P<', '(?<');
  try {
    return (
      new RegExp(`^(?:${body})$`, `s${flags?.[1]?.includes('i') ? 'i' : ''}`).exec(text) ??
      undefined
    );
  } catch {
    return undefined;
  }
}

/**
 * Go's templates of replacements: `$1`, `${1}`, `${name}`; `$1x` names a group that isn't there,
 * and is empty.
 */
export function expand(template: string, match: RegExpExecArray): string {
  return template.replace(/\$(?:\$|\{(\w+)\}|(\w+))/g, (whole, braced?: string, bare?: string) => {
    if (whole === '$$') return '$';
    const name = braced ?? bare ?? '';
    return (/^\d+$/.test(name) ? match[Number(name)] : match.groups?.[name]) ?? '';
  });
}
