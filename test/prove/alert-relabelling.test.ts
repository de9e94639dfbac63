import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { AlertRelabelling } from '../../src/model/proof-plan.ts';
import { readStack } from '../../src/stack/index.ts';
import { proofPlanOf } from './support.ts';
import { LABELS, evidence, fact, ids, judge, plan, states, track } from './worlds/lived.ts';

const source = { file: 'prometheus.yml', line: 7, column: 5 };
const relabelled = (rule: Record<string, unknown>, external = {}): AlertRelabelling => ({
  external,
  rules: [{ rule, source }],
});
const by = (rule: Record<string, unknown>, external = {}) =>
  plan({ alertRelabelling: relabelled(rule, external) });
/** Told with these labels. */
const told = (labels: Record<string, string>) =>
  evidence({
    facts: [fact(9, 'firing'), fact(18, 'resolved')].map((one) => ({
      ...one,
      alerts: one.alerts.map((alert) => ({ ...alert, labels })),
    })),
  });
const { instance: _, ...without } = LABELS;
void _;

describe('an alert that is relabelled on its way', () => {
  const drops = { action: 'labeldrop', regex: 'instance' };
  const renames = { source_labels: ['severity'], regex: 'critical', target_label: 'severity' };

  it('is told of with the labels that it has then', () => {
    expect(ids(told(without), by(drops))).toEqual([]);
    const paged = { ...LABELS, severity: 'page' };
    expect(ids(told(paged), by({ ...renames, replacement: 'page' }))).toEqual([]);
    const named = { ...LABELS, cluster: 'eu-critical' };
    const joins = { source_labels: ['cluster', 'severity'], separator: '-' };
    expect(ids(told(named), by({ ...joins, target_label: 'cluster' }, { cluster: 'eu' }))).toEqual(
      [],
    );
  });

  it('is told to nobody where only its old labels are told', () => {
    expect(ids(told(LABELS), by({ ...renames, replacement: 'page' }))).toEqual(['nobody-told']);
    expect(ids(told(without))).toEqual(['nobody-told']);
  });

  it('is told to nobody where it is dropped: the cause is that line', () => {
    const quiet = evidence({ facts: [], deliveries: [] });
    const drop = by({ action: 'drop', source_labels: ['severity'], regex: 'critical' });
    expect(ids(quiet, drop)).toEqual(['nobody-told']);
    const cause = judge(quiet, drop).proofs[0]?.findings[0]?.likelyCause;
    expect(cause).toContain('prometheus.yml:7');
    const other = by({ action: 'drop', source_labels: ['severity'], regex: 'info' });
    expect(judge(quiet, other).proofs[0]?.findings[0]?.likelyCause).not.toContain('prometheus');
    expect(ids(evidence(), other)).toEqual([]);
  });

  it('may be dropped where nobody is to be told by its severity', () => {
    const none = states([6, 8], [8, 16]).map((one) => ({
      ...one,
      labels: { ...one.labels, severity: 'none' },
    }));
    const quiet = evidence({ alerts: none, facts: [], deliveries: [] });
    const drop = by({ action: 'drop', source_labels: ['severity'], regex: 'none' });
    expect(ids(quiet, drop)).toEqual([]);
  });
});

it('a label that a template leaves empty is none, though ALERTS shows the template', () => {
  const raw = states([6, 8], [8, 16]).map((one) => ({
    ...one,
    labels: { ...one.labels, pod: '{{ $labels.pod }}' },
  }));
  expect(ids(evidence({ alerts: raw }), plan({ tracks: [track] }))).toEqual([]);
});

describe('a plan', () => {
  const planned = (alerting: string) =>
    proofPlanOf(
      readStack([
        {
          path: 'prometheus.yml',
          text: `global: { external_labels: { cluster: eu, host: '\${HOST}' } }
rule_files: [rules.yml]
alerting:
${alerting}
scrape_configs: [{ job_name: api, static_configs: [{ targets: ['api:80'] }] }]
`,
        },
        { path: 'rules.yml', text: 'groups: [{ name: g, rules: [{ alert: A, expr: x > 1 }] }]' },
        {
          path: 'alertmanager.yml',
          text: 'route: { receiver: a }\nreceivers: [{ name: a, webhook_configs: [{ url: "http://a" }] }]',
        },
      ]),
      30,
    );
  const OWN = `  alert_relabel_configs: [{ action: labeldrop, regex: pod }]
  alertmanagers:
    - static_configs: [{ targets: ['a:9093'] }]
      alert_relabel_configs:
        - { action: labeldrop, regex: node }`;

  it('has what Prometheus relabels, and then for its Alertmanager, with the places', () => {
    expect(planned(OWN).alertRelabelling).toEqual({
      external: { cluster: 'eu' },
      rules: [
        {
          rule: { action: 'labeldrop', regex: 'pod' },
          source: { file: 'prometheus.yml', line: 4, column: 27 },
        },
        {
          rule: { action: 'labeldrop', regex: 'node' },
          source: { file: 'prometheus.yml', line: 8, column: 11 },
        },
      ],
    });
  });

  it('gives the run both', () => {
    const { files } = planned(OWN);
    const text = files.find(({ path }) => path === 'prometheus/prometheus.yml')?.text ?? '';
    expect((parse(text) as { alerting: unknown }).alerting).toMatchObject({
      alert_relabel_configs: [{ regex: 'pod' }],
      alertmanagers: [{ alert_relabel_configs: [{ regex: 'node' }] }],
    });
  });

  it('says where it is another for another Alertmanager', () => {
    const notes = (alerting: string) =>
      planned(alerting).notes.filter((note) => note.includes('several Alertmanagers'));
    expect(notes(OWN)).toEqual([]);
    expect(notes(`${OWN}\n    - static_configs: [{ targets: ['b:9093'] }]`)).toHaveLength(1);
  });
});
