import { eachExpr } from '../../../promql/ast.ts';
import type { Binary } from '../../../promql/ast.ts';
import { surelyLacks } from '../../../promql/label-set.ts';
import { labelValues } from '../../../promql/label-values.ts';
import { labelsOf } from '../../../promql/labels.ts';
import { typeOf } from '../../../promql/type-of.ts';
import type { Stack } from '../../../stack/index.ts';
import type { Rule } from '../../rule.ts';

export const sidesNeverMatch: Rule = {
  id: 'promql/sides-never-match',
  level: 'error',
  title: 'Two sides whose labels can never be equal',
  why:
    'Prometheus joins series whose labels are equal. One side has a label that the other ' +
    'never has, so no pair is found and nothing comes out.',
  mend: 'Aggregate both sides by the same labels, or name those to compare: `/ on (job) group_left ()`.',
  check: ({ expressions, metrics }, say) => {
    for (const expression of expressions)
      if (expression.expr)
        eachExpr(expression.expr, (part) => {
          if (
            part.type !== 'binary' ||
            part.op === 'or' ||
            part.fill ||
            typeOf(part.left) !== 'vector' ||
            typeOf(part.right) !== 'vector'
          )
            return;
          const effect =
            part.op === 'unless' ? 'nothing is ever excluded' : 'no pair is ever found';
          const apart = differingLabel(part);
          if (apart)
            say(
              expression.at(part.opAt),
              `\`${apart.label}\` is \`${apart.left}\` on one side and \`${apart.right}\` on the other: ${effect}`,
              {
                subject: expression.subject,
                mend:
                  `Leave the label out of the comparison (\`ignoring (${apart.label})\`), or select both ` +
                  `values at once and aggregate: \`sum without (${apart.label}) ` +
                  `(…{${apart.label}=~"${apart.left}|${apart.right}"})\`.`,
              },
            );
          const odd = apart ? undefined : oddLabel(part, metrics);
          if (odd === undefined) return;
          say(
            expression.at(part.opAt),
            `the ${odd.side} side has \`${odd.label}\` and the other never does: ${effect}`,
            { subject: expression.subject },
          );
        });
  },
};

/** A label that matching compares, and whose values on one side are none of those on the other. */
function differingLabel(part: Binary): { label: string; left: string; right: string } | undefined {
  const [left, right] = [labelValues(part.left), labelValues(part.right)];
  const named = part.matching?.labels.map((l) => l.name) ?? [];
  const isOn = part.matching?.kind === 'on';
  for (const [label, values] of left) {
    const others = right.get(label);
    if (isOn === named.includes(label) && others && !values.some((value) => others.includes(value)))
      return { label, left: values.join('|'), right: others.join('|') };
  }
  return undefined;
}

/** A label that matching compares, that one side surely has and the other surely lacks. */
function oddLabel(
  part: Binary,
  metrics: Stack['metrics'],
): { label: string; side: 'left' | 'right' } | undefined {
  const [left, right] = [labelsOf(part.left, metrics.labels), labelsOf(part.right, metrics.labels)];
  const named = part.matching?.labels.map((l) => l.name) ?? [];
  const compared = (label: string): boolean =>
    part.matching ? (part.matching.kind === 'on') === named.includes(label) : true;
  const ofLeft = [...left.has].find((label) => compared(label) && surelyLacks(right, label));
  if (ofLeft !== undefined) return { label: ofLeft, side: 'left' };
  const ofRight = [...right.has].find((label) => compared(label) && surelyLacks(left, label));
  return ofRight === undefined ? undefined : { label: ofRight, side: 'right' };
}
