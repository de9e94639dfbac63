import { describe, expect, it } from 'vitest';
import { solved } from './support.ts';

const HIGH = {
  alert: 'HighErr',
  expr: 'sum by (job) (rate(err_total[5m])) > 10',
  for: '2m',
  labels: { severity: 'warning', team: '{{ $labels.job }}' },
};
const AT_ONCE = { alert: 'AtOnce', expr: 'x > 1' };
const HIGH_ERR = 'alertname="HighErr"';

describe('an alert on the states of another', () => {
  it.each([
    ['a state that there is not', `ALERTS{${HIGH_ERR}, alertstate="active"} == 1`, 'is `pending`'],
    ['such a state of any alert', 'ALERTS{alertstate="resolved"}', 'is `pending`'],
    ['a state behind an aggregation', `count(ALERTS{alertstate="inactive"}) > 0`, 'is `pending`'],
    ['waiting of what never waits', 'ALERTS{alertname="AtOnce", alertstate="pending"}', 'for noth'],
    ['the state of what has none', `ALERTS_FOR_STATE{alertstate="firing"} > 0`, 'no label'],
    ['another label than its rule', `ALERTS{${HIGH_ERR}, severity="critical"}`, '"warning"'],
    ['a label that it has lost', `ALERTS{${HIGH_ERR}, instance!=""}`, 'no label `instance`'],
  ])('that asks for %s can never fire', (_, expr, reason) =>
    expect(solved(HIGH, AT_ONCE, expr)).toMatchObject({
      kind: 'unsatisfiable',
      reason: expect.stringContaining(reason) as string,
    }),
  );

  it.each([
    ['a state that there is', `ALERTS{${HIGH_ERR}, alertstate="firing"} == 1`],
    ['either', `ALERTS{${HIGH_ERR}, alertstate=~"pending|firing"} == 1`],
    ['the label of its rule', `ALERTS{${HIGH_ERR}, severity="warning"}`],
    ['what a template fills in', `ALERTS{${HIGH_ERR}, team="shop"}`],
    ['a label that it keeps', `count by (job) (ALERTS{${HIGH_ERR}, job!=""}) > 0`],
    ['an alert of elsewhere', 'ALERTS{alertname="Elsewhere", severity="critical"}'],
  ])('that asks for %s is solved', (_, expr) =>
    expect(solved(HIGH, AT_ONCE, expr)).toHaveProperty('pairs'),
  );
});
