import { describe, expect, it } from 'vitest';
import type { ProofPlan } from '../../src/model/proof-plan.ts';
import { readStack } from '../../src/stack/index.ts';
import { readExposition } from '../../src/lib/exposition.ts';
import { baseOf } from '../../src/prove/plan/base.ts';
import { targetsOf } from '../../src/prove/plan/discover.ts';
import { proofPlanOf } from './support.ts';

const CONFIG = `global: { scrape_interval: 15s }
rule_files: [r.yml]
scrape_configs:
  - job_name: api
    static_configs: [{ targets: ['api:8080'] }]
`;
const VMAGENT = CONFIG.replace('job_name: api', 'job_name: api\n    stream_parse: true');
const [OLD, NEW] = ['v2.55.1', 'v3.5.0'];

/** The plan of one alert under a Prometheus of this version, if one is pinned. */
function planOf(
  expr: string,
  {
    version,
    flag = '',
    config = CONFIG,
  }: { version?: string; flag?: string; config?: string } = {},
): ProofPlan {
  const rules = { groups: [{ name: 'g', rules: [{ alert: 'A', expr, for: '1m' }] }] };
  const service = { image: `prom/prometheus:${version ?? 'latest'}`, command: [flag] };
  return proofPlanOf(
    readStack([
      { path: 'r.yml', text: JSON.stringify(rules) },
      { path: 'prometheus.yml', text: config },
      { path: 'compose.yaml', text: JSON.stringify({ services: { prometheus: service } }) },
    ]),
    10,
  );
}

const kindsOf = ({ notProvoked }: ProofPlan): string[] => notProvoked.map(({ kind }) => kind);
/** The bounds that targets tell. */
const toldBy = ({ targets }: ProofPlan, label = 'le'): string[] => [
  ...new Set(targets.flatMap(({ series }) => series.flatMap(({ labels }) => labels[label] ?? []))),
];
const SLOW = (le: string): string =>
  `sum(rate(x_bucket{le${le}}[5m])) / sum(rate(x_count[5m])) < 0.9`;

describe('a bound that is asked for as a whole number', () => {
  it('is none that Prometheus 3 has', () => {
    const plan = planOf(SLOW('="1"'), { version: NEW });
    expect(kindsOf(plan)).toEqual(['cannot-fire-here']);
    expect(plan.notProvoked[0]?.why).toBe(
      'it needs x_bucket with le="1", and Prometheus 3 stores what it scrapes as le="1.0": ' +
        '`=~"1|1.0"` takes both',
    );
  });

  it.each([
    ['a number with a point', '="0.5"', '0.5'],
    ['the form that is stored', '="1.0"', '1.0'],
    ['either form', '=~"1|1.0"', '1.0'],
    ['any large one', '=~"1048576|1.048576e.06"', '1.048576e+06'],
  ])('is there as %s', (_, asked, told) => {
    for (const version of [NEW, undefined]) {
      const plan = planOf(SLOW(asked), version === undefined ? {} : { version });
      expect(plan.tracks).toMatchObject([{ way: 'live' }]);
      expect(toldBy(plan)).toEqual([told]);
    }
  });

  it('is there in an older Prometheus, and in vmagent', () => {
    for (const plan of [
      planOf(SLOW('="1"'), { version: OLD }),
      planOf(SLOW('="1"'), { config: VMAGENT }),
    ]) {
      expect(plan.tracks).toMatchObject([{ way: 'live' }]);
      expect(toldBy(plan)).toEqual(['1']);
    }
  });

  it.each([
    ['no version is pinned', SLOW('="1"'), {}],
    ['series may be pushed', SLOW('="1"'), { version: NEW, flag: '--web.enable-otlp-receiver' }],
    ['another bound might do', SLOW('=~"1|0.5"'), { version: NEW }],
  ])('is not judged where %s', (_, expr, how) =>
    expect(kindsOf(planOf(expr, how))).toEqual(['unjudged']),
  );

  it('and what rules record elsewhere, or is no bucket, stays as it is', () => {
    for (const expr of ['job:x_bucket{le="1"} > 5', 'room{le="1"} > 5'])
      expect(toldBy(planOf(expr, { version: NEW }))).toEqual(['1']);
  });
});

describe('a quantile that is asked for as a whole number', () => {
  const ask = (is: string): ProofPlan => planOf(`gc_seconds{quantile${is}} > 5`, { version: NEW });

  it('is none that Prometheus 3 has of a summary', () => {
    expect(kindsOf(ask('="1"'))).toEqual(['unjudged']);
    expect(toldBy(ask('=~"1|1.0"'), 'quantile')).toEqual(['1.0']);
  });

  it('and any other may be what no summary has', () => {
    for (const one of ['0.9', '0.50', '95'])
      expect(toldBy(ask(`="${one}"`), 'quantile')).toEqual([one]);
  });
});

describe('a quantile of buckets', () => {
  it('is computed of bounds as they are stored', () => {
    const plan = planOf('histogram_quantile(0.9, rate(x_bucket[5m])) > 2', { version: NEW });
    expect(plan.tracks).toMatchObject([{ way: 'live' }]);
    expect(toldBy(plan)).toEqual(['2.0', '4.0', '+Inf']);
  });
});

describe('a saved bucket', () => {
  it('is served as it is stored, so that what is provoked stands in its place', () => {
    const job = targetsOf({ job_name: 'api', static_configs: [{ targets: ['api:80'] }] }, []);
    const saved = new Map([['api', readExposition('s_bucket{le="1"} 0\ns_bucket{le="+Inf"} 2')]]);
    const bounds = (floats?: 'surely'): (string | undefined)[] =>
      baseOf([{ ...job, floats }], saved).map(({ stored }) => stored?.labels['le']);
    expect(bounds('surely')).toEqual(['1.0', '+Inf']);
    expect(bounds()).toEqual(['1', '+Inf']);
  });
});
