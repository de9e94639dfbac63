import { describe, expect, it } from 'vitest';
import { targetsOf } from '../../src/prove/plan/discover.ts';
import { valueFor } from '../../src/prove/plan/regex-value.ts';
import { relabel } from '../../src/promql/relabel.ts';
import { nameMatches } from '../../src/prove/plan/sd-files.ts';

describe('relabelling', () => {
  it.each([
    [
      { source_labels: ['a'], target_label: 'b' },
      { a: 'x', b: 'x' },
    ],
    [
      { source_labels: ['a', 'c'], separator: '-', target_label: 'b' },
      { a: 'x', b: 'x-' },
    ],
    [
      { source_labels: ['a'], regex: '(.)', replacement: '${1}y', target_label: 'b' },
      { a: 'x', b: 'xy' },
    ],
    [{ source_labels: ['a'], regex: 'no', target_label: 'b' }, { a: 'x' }],
    [{ target_label: 'a', replacement: '' }, {}],
    [{ regex: 'a', action: 'labeldrop' }, {}],
    [
      { regex: 'a', action: 'labelmap', replacement: 'm_$0' },
      { a: 'x', m_a: 'x' },
    ],
    [{ source_labels: ['a'], action: 'uppercase', target_label: 'a' }, { a: 'X' }],
    [
      { source_labels: ['a'], action: 'hashmod', modulus: 10, target_label: 'h' },
      { a: 'x', h: '6' },
    ],
  ])('%j', (rule, expected) => {
    expect(relabel({ a: 'x' }, [rule])).toEqual({ labels: expected });
  });

  it('takes what is no text in a file for its text, as Prometheus does', () => {
    const keep = { source_labels: ['a'], regex: true, action: 'keep' };
    expect(relabel({ a: 'x' }, [keep])).toEqual({ droppedBy: 0 });
    expect(relabel({ a: 'true' }, [keep])).toEqual({ labels: { a: 'true' } });
  });

  it('names the rule that drops', () => {
    const keep = { source_labels: ['a'], regex: 'y', action: 'keep' };
    expect(relabel({ a: 'x' }, [{ target_label: 'c', replacement: 'd' }, keep])).toEqual({
      droppedBy: 1,
    });
  });
});

describe('a value for a pattern', () => {
  it.each([
    'true',
    '.+',
    'default;kubernetes;https',
    '(a|b)c',
    '[^:]+(?::\\d+)?',
    'a{3}',
    '(?i)prod',
    '\\d+\\.x',
    '',
    'node-.*',
  ])('%s', (pattern) => {
    expect(
      new RegExp(`^(?:${pattern.replace('(?i)', '')})$`, 'i').test(valueFor(pattern) ?? '\u0000'),
    ).toBe(true);
  });
  it('is none for what nothing matches', () => {
    expect(valueFor('a^b')).toBeUndefined();
  });
});

describe('targets of a job', () => {
  it('are those it names, as relabelling leaves them', () => {
    const { targets } = targetsOf(
      {
        job_name: 'probe',
        metrics_path: '/probe',
        params: { module: ['http_2xx'] },
        static_configs: [{ targets: ['https://shop.example'], labels: { team: 'web' } }],
        relabel_configs: [
          { source_labels: ['__address__'], target_label: '__param_target' },
          { source_labels: ['__param_target'], target_label: 'instance' },
          { target_label: '__address__', replacement: 'blackbox:9115' },
        ],
      },
      [],
    );
    expect(targets).toMatchObject([
      {
        host: 'blackbox',
        port: 9115,
        path: '/probe',
        params: { module: 'http_2xx', target: 'https://shop.example' },
        labels: { job: 'probe', instance: 'https://shop.example', team: 'web' },
      },
    ]);
  });

  it('are made up where they are discovered, with whatever lets them pass', () => {
    const { targets, isMadeUp } = targetsOf(
      {
        job_name: 'pods',
        kubernetes_sd_configs: [{ role: 'pod' }],
        relabel_configs: [
          {
            source_labels: ['__meta_kubernetes_pod_annotation_prometheus_io_scrape'],
            regex: 'true',
            action: 'keep',
          },
          { source_labels: ['__meta_kubernetes_namespace'], target_label: 'namespace' },
          {
            source_labels: ['__meta_kubernetes_pod_phase'],
            regex: 'Failed|Succeeded',
            action: 'drop',
          },
        ],
      },
      [],
    );
    expect(isMadeUp).toBe(true);
    expect(targets[0]?.labels).toMatchObject({ job: 'pods', namespace: 'x' });
  });

  it('are named with the rule when nothing can pass', () => {
    const drop = { source_labels: ['__address__'], regex: '.+', action: 'drop' };
    expect(
      targetsOf(
        { job_name: 'x', static_configs: [{ targets: ['a:1'] }], relabel_configs: [drop] },
        [],
      ),
    ).toMatchObject({ targets: [], droppedBy: 0 });
  });

  it('come from files of the folder', () => {
    const files = [
      {
        path: 'monitoring/targets/shop.yml',
        groups: [{ targets: ['shop:80'], labels: { env: 'prod' } }],
      },
    ];
    const { targets } = targetsOf(
      { job_name: 'x', file_sd_configs: [{ files: ['/etc/prometheus/targets/*.yml'] }] },
      files,
    );
    expect(targets[0]).toMatchObject({ host: 'shop', port: 80, labels: { env: 'prod' } });
    expect(nameMatches('targets/*.json', 'targets/shop.yml')).toBe(false);
  });
});
