import { describe, expect, it } from 'vitest';
import { neverReason } from './support.ts';

/** Why an alert beside these jobs never fires: its right side has no `instance`, or no `job`. */
function told(job: Record<string, unknown>, expr = 'x > sum by (job) (y)'): string | undefined {
  const plain = { job_name: 'plain', static_configs: [{ targets: ['b:1'] }] };
  const own = { job_name: 'own', static_configs: [{ targets: ['a:1'] }], ...job };
  return neverReason([{ alert: 'A', expr }], { scrape_configs: [plain, own] });
}

const metrics = (rule: Record<string, unknown>): Record<string, unknown> => ({
  metric_relabel_configs: [rule],
});
const JOB = 'x > on (job) sum by (instance) (y)';

describe('job and instance are sure where no job loses them', () => {
  it.each([
    ['takes the label', metrics({ action: 'labeldrop', regex: 'instance|pod' })],
    ['keeps others', metrics({ action: 'labelkeep', regex: '__name__|job' })],
    ['may write nothing over it', metrics({ source_labels: ['node'], target_label: 'instance' })],
    ['writes nothing over it', metrics({ target_label: 'instance', replacement: '' })],
    ['writes over any label', metrics({ target_label: '$1', source_labels: ['node'] })],
    ['takes what nobody understands', metrics({ action: 'labeldrop', regex: '\\pL+' })],
    ['leaves it to the target', { honor_labels: true }],
  ])('not where one %s', (_, job) => {
    expect(told(job)).toBeUndefined();
  });

  it.each([
    ['changes nothing', {}],
    ['takes another', metrics({ action: 'labeldrop', regex: 'pod' })],
    ['writes what is there', metrics({ source_labels: ['instance'], target_label: 'instance' })],
    [
      'writes it only where there is something',
      metrics({ source_labels: ['node'], target_label: 'instance', regex: '(.+)' }),
    ],
    ['always writes something', metrics({ target_label: 'instance', replacement: 'host-$1' })],
    [
      'changes it before the scrape',
      { relabel_configs: [{ action: 'labeldrop', regex: 'instance' }] },
    ],
  ])('and where one %s', (_, job) => expect(told(job)).toBeDefined());

  it('a target without an instance is given its address, but no job', () => {
    const job = { relabel_configs: [{ action: 'labeldrop', regex: 'job' }] };
    expect(told(job, JOB)).toBeUndefined();
    expect(told(job, 'up > on (job) sum by (instance) (y)')).toBeUndefined();
    expect(told({}, JOB)).toBeDefined();
  });

  it('what Prometheus writes of each scrape is relabelled by nobody', () => {
    const lost = metrics({ action: 'labeldrop', regex: 'instance' });
    expect(told(lost, 'up > sum by (job) (y)')).toBeDefined();
  });

  it('a job speaks for its own series', () => {
    const lost = metrics({ action: 'labeldrop', regex: 'instance' });
    expect(told(lost, 'x{job="plain"} > sum by (job) (y)')).toBeDefined();
    expect(told(lost, 'x{job="own"} > sum by (job) (y)')).toBeUndefined();
    const renamed = { relabel_configs: [{ target_label: 'job', replacement: 'plain' }] };
    expect(told({ ...lost, ...renamed }, 'x{job="plain"} > sum by (job) (y)')).toBeUndefined();
  });

  it('not of what is asked for without it', () => {
    for (const empty of ['instance=""', 'instance=~""', 'instance!~".+"', 'instance=~"^$"'])
      expect(told({}, `x{${empty}} > sum by (job) (y)`)).toBeUndefined();
    for (const full of ['instance=~".*"', 'instance!~"a|b"', 'instance=~"|a:1"'])
      expect(told({}, `x{${full}} > sum by (job) (y)`)).toBeDefined();
  });
});
