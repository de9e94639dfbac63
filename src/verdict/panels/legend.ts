import type { Verdict } from '../../model/verdict.ts';
import { eachExpr } from '../../promql/ast.ts';
import { parseExpr } from '../../promql/parse.ts';
import { failed, passed } from './verdicts.ts';
import type { PanelContext } from './context.ts';

const SHOWN = 4;

const LEGEND = { kind: 'legend', phase: null } as const;

/** The legend names each series: no two alike, and by no label that none of them has. */
export function namedByLegend(c: PanelContext): Verdict[] {
  const gap = legendGap(c);
  return gap ? [gap] : distinctLegends(c);
}

function distinctLegends(c: PanelContext): Verdict[] {
  const names = c.answered.flatMap((answered) =>
    answered.series.map(({ labels }) => ({
      answered,
      name: legendOf(answered.query.legend, labels),
    })),
  );
  if (names.length === 0) return [];
  const twice = names.find(({ name }, i) => names.findIndex((other) => other.name === name) < i);
  if (!twice)
    return [
      passed(
        c,
        LEGEND,
        names
          .slice(0, SHOWN)
          .map(({ name }) => name)
          .join(', ') + (names.length > SHOWN ? ', …' : ''),
      ),
    ];
  return [
    failed(c, LEGEND, 'panel-legend-not-distinct', {
      title: `${c.panel.id} has several series of one name`,
      expected: 'a name of its own for each series',
      seen: `"${twice.name}" ${names.filter(({ name }) => name === twice.name).length} times`,
      likelyCause:
        'The legend leaves out a label by which the series differ, or names one that the expression aggregates away.',
      at: twice.answered,
    }),
  ];
}

/** The first query whose legend names a label that none of its series has. */
function legendGap(c: PanelContext): Verdict | undefined {
  for (const answered of c.answered) {
    const { series, query } = answered;
    const missing = labelsNamed(query.legend).find(
      (name) => !series.some(({ labels }) => labels[name]),
    );
    if (series.length > 0 && missing !== undefined && !hasFallback(answered.answer.query))
      return failed(c, LEGEND, 'panel-legend-names-nothing', {
        title: `${c.panel.id} has a legend with a gap`,
        expected: `a label \`${missing}\`, which the legend names`,
        seen: `no series has it: ${JSON.stringify(series[0]?.labels ?? {})}`,
        likelyCause: 'The expression aggregates the label away, or the label has another name.',
        at: answered,
      });
  }
  return undefined;
}

/**
 * Whether a query may answer with what stands in for its series (`x or vector(0)`), whose labels
 * are others; also where it can't be read.
 */
function hasFallback(query: string): boolean {
  const parsed = parseExpr(query);
  if (!('expr' in parsed)) return true;
  let found = false;
  eachExpr(parsed.expr, (part) => {
    const isOr = part.type === 'binary' && part.op === 'or';
    if (isOr || part.type === 'unknown') found = true;
  });
  return found;
}

const PLACE = /\{\{\s*([\w.]+)\s*\}\}/g;

/** Labels that a legend's template has places for. */
function labelsNamed(template: string): string[] {
  return [...template.matchAll(PLACE)].map(([, name = '']) => name);
}

/** A series' name in the legend: the template with its labels; without one, all labels. */
export function legendOf(template: string, labels: Record<string, string>): string {
  if (template === '' || template === '__auto') return JSON.stringify(labels);
  return template.replace(PLACE, (_, name: string) => labels[name] ?? '');
}
