import { formatDuration } from '../../../lib/duration.ts';
import { plainNumber } from '../../../lib/plain-number.ts';
import { limitsOf } from '../../../promql/limits.ts';
import { parseExpr } from '../../../promql/parse.ts';
import { isSameExpression } from '../../../promql/same.ts';
import { widestRangeMs } from '../../../promql/widest-range.ts';
import { alertLabels } from '../../../stack/alert-labels.ts';
import type { Stack } from '../../../stack/index.ts';
import { surelyLacksLabel } from '../../../stack/routing.ts';
import type { Rule as AlertRule } from '../../../stack/rules.ts';
import type { Place, Value } from '../../../stack/source/value.ts';
import { promisedAlerts } from '../../promises/promised.ts';
import type { Promised } from '../../promises/promised.ts';
import type { Rule } from '../../rule.ts';

export const promiseDiffers: Rule = {
  id: 'promise/differs',
  level: 'error',
  title: 'A rule that says otherwise than the contract',
  why:
    'One of the two was changed without the other: people are told sooner, later or ' +
    'otherwise than was promised to them.',
  mend: 'Find out which of them is right, and change the other.',
  check: (stack, say) => {
    for (const promised of promisedAlerts(stack)) {
      const { name, rule } = promised;
      if (!rule) continue;
      for (const { place, title } of [
        ...times(promised, rule),
        ...severity(promised, rule),
        ...expression(promised, rule),
        ...labels(promised, rule, stack),
      ])
        say(place, title, { subject: `alert ${name}` });
    }
  },
};

interface Difference {
  place: Place;
  title: string;
}

function times(promised: Promised, rule: AlertRule): Difference[] {
  const { group, value } = rule;
  const every = promised.everyMs;
  return [
    ...time('for', rule.forMs, promised.forMs, value),
    ...time('keep_firing_for', rule.keepFiringForMs, promised.keepFiringMs, value),
    ...(every !== undefined && group.evaluationMs !== undefined && every !== group.evaluationMs
      ? [
          {
            place: keyOrHead(group.value, 'interval'),
            title:
              `${promised.name} is evaluated every ${formatDuration(group.evaluationMs)}, and ` +
              `${formatDuration(every)} is promised`,
          },
        ]
      : []),
  ];
}

function time(
  key: string,
  is: number | undefined,
  promised: number | undefined,
  value: Value,
): Difference[] {
  if (promised === undefined || is === undefined || promised === is) return [];
  const title = `\`${key}\` is ${formatDuration(is)}, and ${formatDuration(promised)} is promised`;
  return [{ place: keyOrHead(value, key), title }];
}

function severity({ severity: promised }: Promised, rule: AlertRule): Difference[] {
  const own = rule.labels.get('severity');
  if (promised === undefined || !own || own.text === promised || own.text.includes('{{')) return [];
  const title = `the severity is \`${own.text}\`, and \`${promised}\` is promised`;
  return [{ place: own.value.place, title }];
}

/** What of it differs is said where it is a limit or a window: that is what people look for. */
function expression({ expr: promised }: Promised, rule: AlertRule): Difference[] {
  const { text, value } = rule.expression;
  if (promised === undefined || isSameExpression(promised, text)) return [];
  const [own, agreed] = [limitWords(text), limitWords(promised)];
  const [window, agreedWindow] = [widestRangeMs(text), widestRangeMs(promised)];
  const title =
    own !== agreed
      ? `its limit is ${own || 'none'}, and ${agreed || 'none'} is promised`
      : window !== agreedWindow
        ? `it looks back over ${formatDuration(window)}, and ${formatDuration(agreedWindow)} is promised`
        : 'its expression is another than the one that is promised';
  return [{ place: value.place, title }];
}

function limitWords(text: string): string {
  const parsed = parseExpr(text);
  const limits = 'expr' in parsed ? limitsOf(parsed.expr) : [];
  return limits.map(({ op, value }) => `${op} ${plainNumber(value)}`).join(', ');
}

/** Labels that the rule has otherwise, or that its instances surely lack. */
function labels(
  { labels: promised, name, kind }: Promised,
  rule: AlertRule,
  stack: Stack,
): Difference[] {
  const all = alertLabels(rule, stack);
  return Object.entries(promised).flatMap(([label, wanted]): Difference[] => {
    const own = rule.labels.get(label);
    if (own !== undefined)
      return own.text === wanted || own.text.includes('{{')
        ? []
        : [
            {
              place: own.value.place,
              title: `the label \`${label}\` is \`${own.text}\`, and \`${wanted}\` is promised`,
            },
          ];
    // Where a stimulus is promised, promtool looks for the instance that it provokes.
    if (kind !== undefined || all.fixed.has(label) || !surelyLacksLabel(all, label)) return [];
    return [
      {
        place: rule.value.head,
        title: `${name} has no label \`${label}\`, and \`${wanted}\` is promised`,
      },
    ];
  });
}

function keyOrHead(value: Value, key: string): Place {
  const held = value.get(key);
  return held.exists ? held.place : value.head;
}
