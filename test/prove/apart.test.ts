import { expect, it } from 'vitest';
import { freeValues, valueKey } from '../../src/prove/plan/apart.ts';
import { readingsOf } from '../../src/prove/plan/reads.ts';
import { readStack } from '../../src/stack/index.ts';

const RULES = `groups:
  - name: g
    rules:
      - record: job:errors:rate5m
        expr: sum by (job, code) (rate(requests_total[5m]))
      - alert: Errors
        expr: job:errors:rate5m{code=~"5.."} > 1
`;

it('values that a matcher of what is recorded looks at are kept', () => {
  const { rules } = readStack([{ path: 'rules.yml', text: RULES }]);
  const [record, alert] = rules;
  const { readings } = readingsOf(alert!, new Map([['job:errors:rate5m', [record!]]]));
  const shape = { kind: 'value', value: 1 } as const;
  const series = {
    metric: 'requests_total',
    labels: { code: '5xx', pod: 'pod-1' },
    shapes: { near: shape, over: shape, calm: shape },
  };
  expect(freeValues([series], readings, alert!)).toEqual(new Set([valueKey('pod', 'pod-1')]));
});
