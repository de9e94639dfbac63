import { parseExpr } from '../promql/parse.ts';
import { selectors } from '../promql/ast.ts';
import type { Value } from './source/value.ts';

/**
 * What only LogQL has behind a stream selector: a filter of lines, a parser, a formatter, `unwrap`
 * (grafana.com/docs/loki, "Log queries").
 */
const PIPELINE =
  /\}\s*(\|=|\|~|\|>|!>|!=\s*["`]|!~\s*["`]|\|\s*(json|logfmt|regexp|pattern|unpack|line_format|label_format|decolorize|drop|keep|unwrap|[a-zA-Z_]\w*\s*(=|!|<|>)))/;

/**
 * Whether rule groups are Loki's: these have the form of Prometheus's, and expressions in another
 * language. One that only LogQL can mean says so, unless another names a metric, which LogQL has no
 * words for.
 * @param holder what `groups` stands in
 */
export function isLogql(holder: Value): boolean {
  const texts = holder
    .get('groups')
    .items()
    .flatMap((group) => group.get('rules').items())
    .flatMap((rule) => rule.get('expr').text() ?? []);
  return texts.some(isLogqlOnly) && !texts.some(namesMetric);
}

function isLogqlOnly(text: string): boolean {
  return PIPELINE.test(text) && !('expr' in parseExpr(text));
}

function namesMetric(text: string): boolean {
  const parsed = parseExpr(text);
  return 'expr' in parsed && selectors(parsed.expr).some(({ name }) => name !== undefined);
}
