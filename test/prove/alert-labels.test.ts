import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { ProofPlan } from '../../src/model/proof-plan.ts';
import { readStack } from '../../src/stack/index.ts';
import { proofPlanOf } from './support.ts';

const ALERTMANAGER = `route:
  receiver: low
  routes: [{ matchers: [severity="critical"], receiver: high }]
receivers: [{ name: low }, { name: high }]
`;

/** The plan for one alert. */
function planOf(
  expr: string,
  labels: Record<string, string>,
  alertmanager = ALERTMANAGER,
): ProofPlan {
  const rules = [{ alert: 'A', expr, labels }];
  return proofPlanOf(
    readStack([
      { path: 'rules.yml', text: stringify({ groups: [{ name: 'g', rules }] }) },
      { path: 'alertmanager.yml', text: alertmanager },
    ]),
    30,
  );
}
const served = ({ targets }: ProofPlan): Record<string, string>[] =>
  targets.flatMap(({ series }) => series.map(({ labels }) => labels));
/** Fires by the time of day, so that a series of the harness's own stands for it. */
const STOOD_FOR = 'x{severity!=""} > 10 and on () hour() >= 0 and on () hour() < 23';

describe('the labels that an alert is known by', () => {
  it('are those that no template makes', () => {
    const [track] = planOf('x > 10', { severity: '{{ $labels.severity }}', team: 'a' }).tracks;
    expect(track?.labels).toMatchObject({ team: 'a', alertname: 'A' });
    expect(track?.labels).not.toHaveProperty('severity');
  });

  it('are not the state that a series of ALERTS has which it reads', () => {
    const firing = 'ALERTS{severity="info", alertstate="firing"} == 1';
    const [track] = planOf(firing, { severity: 'none' }).tracks;
    expect(track?.labels).toMatchObject({ severity: 'none', alertname: 'A' });
    expect(track?.labels).not.toHaveProperty('alertstate');
  });
});

describe('a series that stands for an expression', () => {
  it('has also the labels that the rule’s own take the place of, for templates read them', () => {
    const plan = planOf(STOOD_FOR, { severity: '{{ $labels.severity }}' });
    expect(plan.tracks.map(({ way }) => way)).toEqual(['virtual']);
    expect(served(plan)).toEqual([
      expect.objectContaining({ rule: '0', severity: expect.stringMatching(/.+/) as string }),
    ]);
  });

  it('is not told where its value would choose the route', () => {
    const severity = '{{ if ge $value 95.0 }}critical{{ else }}warning{{ end }}';
    const plan = planOf(STOOD_FOR, { severity });
    expect(plan.tracks).toEqual([]);
    expect(plan.notProvoked).toMatchObject([
      { kind: 'virtual', why: expect.stringContaining('by the label severity') as string },
    ]);
    const anyhow = 'route: { receiver: low }\nreceivers: [{ name: low }]\n';
    expect(planOf(STOOD_FOR, { severity }, anyhow).tracks).toHaveLength(1);
  });
});
