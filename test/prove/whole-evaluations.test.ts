import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { readStack } from '../../src/stack/index.ts';
import { proofPlanOf } from './support.ts';

interface Rules {
  groups: { interval: string; rules: { for?: string }[] }[];
}

/** At which evaluation after it has become active each alert fires in a run at a speed. */
function firesAt(interval: string, speed: number): number[] {
  const text = `groups:
  - name: g
    interval: ${interval}
    rules:
      - { alert: Down, expr: up == 0, for: 5m }
      - { alert: Full, expr: used > 3, for: 20m }
`;
  const plan = proofPlanOf(readStack([{ path: 'rules.yml', text }]), speed);
  expect(plan.speed).toBeLessThanOrEqual(speed);
  const file = plan.files.find(({ text }) => text.includes('alert: Down'));
  const [group] = (parse(file?.text ?? '') as Rules).groups;
  const ms = (duration = '0ms'): number => {
    const [, seconds = '0', rest = '0'] = /^(?:(\d+)s)?(?:(\d+)ms)?$/.exec(duration) ?? [];
    return Number(seconds) * 1_000 + Number(rest);
  };
  return (group?.rules ?? []).map((rule) => Math.ceil(ms(rule.for) / ms(group?.interval)));
}

it.each([30, 40, 60, 70, 80, 100, 110])(
  'an alert fires at the same evaluation at speed %d as in production',
  (speed) => {
    expect(firesAt('10s', speed)).toEqual([30, 120]);
    expect(firesAt('15s', speed)).toEqual([20, 80]);
    expect(firesAt('1m', speed)).toEqual([5, 20]);
  },
);
