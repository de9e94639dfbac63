import type { Matcher, MatchOp } from '../promql/ast.ts';
import { unquote } from '../promql/unquote.ts';

/**
 * The matchers of one text of alertmanager.yml: `a="b"`, `a=~b.*`, `{a="b", c!="d"}` (alertmanager/matcher/parse).
 * Undefined when it is no list of matchers.
 */
export function parseMatchers(text: string): Pick<Matcher, 'label' | 'op' | 'value'>[] | undefined {
  let at = 0;
  const skip = (): void => {
    while (/\s/.test(text[at] ?? '')) at++;
  };
  const take = (pattern: RegExp): string | undefined => {
    skip();
    const sticky = new RegExp(pattern.source, 'y');
    sticky.lastIndex = at;
    const found = sticky.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  const quoted = /"(?:[^"\\]|\\.)*"/;
  const matchers: Pick<Matcher, 'label' | 'op' | 'value'>[] = [];
  const braced = take(/\{/) !== undefined;
  for (;;) {
    if (braced && take(/\}/) !== undefined) break;
    const label = take(quoted) ?? take(/[^\s{}!=~,"\\'`]+/);
    const op = take(/=~|!~|!=|=/);
    if (label === undefined || op === undefined) return undefined;
    const value = take(quoted) ?? take(/[^\s{},"]+/) ?? '';
    matchers.push({
      label: label.startsWith('"') ? unquote(label) : label,
      op: op as MatchOp,
      value: value.startsWith('"') ? unquote(value) : value,
    });
    const comma = take(/,/) !== undefined;
    skip();
    if (!braced && at >= text.length) break;
    if (!comma && !(braced && text[at] === '}')) return undefined;
  }
  skip();
  return at >= text.length && matchers.length > 0 ? matchers : undefined;
}
