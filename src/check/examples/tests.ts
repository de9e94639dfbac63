import { stringify } from 'yaml';
import { formatDuration } from '../../lib/duration.ts';
import { groupBy } from '../../lib/group-by.ts';
import { eachExpr } from '../../promql/ast.ts';
import { parseExpr } from '../../promql/parse.ts';
import type { Example } from './read.ts';
import type { Statement } from './statements.ts';

/** A query that is held against a statement. */
export interface Asked {
  /** Number by which promtool's output tells it. */
  id: number;
  statement: Statement;
  query: string;
}

/**
 * Values are compared in thousandths: sums and quotients differ in the last places, and promtool
 * compares every one of them (it has no other tolerance).
 */
const EXACTNESS = 0.001;

/**
 * A file of promtool's tests (prometheus.io/docs, "Unit testing for rules"): each example is a
 * group of tests, of the series that its queries select.
 */
export function exampleTests(asked: Asked[], scrapeMs: number): string {
  const groups = [...groupBy(asked, ({ statement }) => statement.example)];
  return stringify(
    {
      rule_files: [],
      evaluation_interval: formatDuration(scrapeMs),
      tests: groups.map(([example, all]) => ({
        name: `panels in the example ${example.name}`,
        interval: formatDuration(scrapeMs),
        input_series: selected(
          example,
          all.map(({ query }) => query),
        ),
        promql_expr_test: all.map(({ id, query, statement }) => ({
          expr: `round((\n${query}\n), ${EXACTNESS}) # ${id}: ${statement.says}`,
          eval_time: formatDuration(example.afterMs),
          exp_samples: Object.entries(statement.reads).map(([labels, value]) => ({
            labels,
            value,
          })),
        })),
      })),
    },
    { lineWidth: 0, aliasDuplicateObjects: false },
  );
}

/** The series that queries may select; all where a query can't be read, or names no metric. */
function selected({ series }: Example, queries: string[]): Example['series'] {
  const names = new Set<string | undefined>();
  for (const query of queries) {
    const parsed = parseExpr(query);
    if (!('expr' in parsed)) return series;
    eachExpr(parsed.expr, (part) => {
      if (part.type === 'selector') names.add(part.name);
    });
  }
  return names.has(undefined)
    ? series
    : series.filter((one) => names.has(/^[^{\s]*/.exec(one.series)?.[0]));
}

/** What promtool has seen instead, by the numbers of the queries that it found untrue. */
export function untrueIn(output: string): Map<number, string> {
  const found = output.matchAll(
    /expr: "(?:[^"\\]|\\.)* # (\d+): (?:[^"\\]|\\.)*", time: \S+,(?: err: ([^\n]*)|\s*exp:[^\n]*\n\s*got: ([^\n]*))/g,
  );
  return new Map(
    [...found].map(([, id, error, got]) => [
      Number(id),
      error ?? (got === 'nil' || got === undefined ? 'nothing' : got.trim()),
    ]),
  );
}
