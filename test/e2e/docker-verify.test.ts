import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Judgement, Verdict } from '../../src/model/verdict.ts';
import { findChromium } from '../../src/run/docker/look/index.ts';
import { VERIFY_MS, verify } from '../support/cli.ts';
import { whileLookedAt } from '../support/containers-looked-at.ts';
import { IMAGES_MS, contentsOf, engineOrSkip, makeImages } from '../support/engine.ts';
import { withGrafanaStandIn } from '../support/grafana-stand-in/image.ts';
import { longOrSkip } from '../support/long.ts';
import { STACK, withStackCopy } from '../support/stack-copy.ts';
import { wordsOf } from '../support/expectations.ts';
import { subjectName } from '../../src/model/expectation.ts';
import { verdictsAbout } from '../../src/report/verdicts-about.ts';

const IMAGE = (
  parse(readFileSync(join(STACK, 'compose.yaml'), 'utf8')) as {
    services: { grafana: { image: string } };
  }
).services.grafana.image;
const BROWSER = 'path' in findChromium();

const grafanas = (report: Judgement): Verdict[] =>
  verdictsAbout(report, 'panel').filter(
    (v) => subjectName(v.expectation.subject) === 'Grafana' || wordsOf(v).startsWith('Grafana'),
  );
const count = (verdicts: Verdict[], words: string): number =>
  verdicts.filter((v) => wordsOf(v) === words).length;

beforeAll(makeImages, IMAGES_MS);

// What stands in is no Grafana: it shows that what is asked reaches the verdicts, not that Grafana
// answers like this.
describe('the docker runtime, with a stand-in under the name of Grafana’s image', () => {
  it.for<[string, string[], atLeast: number, rules: number]>([
    ['all dashboards', ['--only', 'dashboards'], 100, 5],
    ['all of GT-Vision', [], 500, 5],
  ])(
    'proves %s, Grafana too',
    { timeout: VERIFY_MS },
    async ([, only, atLeast, rules], context) => {
      if (only.length === 0) longOrSkip(context);
      const engine = await engineOrSkip(context);
      const before = await contentsOf(engine);
      await withGrafanaStandIn(engine, IMAGE, async () => {
        const { result, seen } = await whileLookedAt(engine, () =>
          verify(['--runtime', 'docker', ...only]),
        );
        const { exitCode, output, report, runDir } = result;
        expect([...seen.found]).toEqual([]);
        expect(seen.hungUp).toBeGreaterThan(0);
        expect(
          report.verdicts.filter((v) => v.outcome !== 'pass'),
          output,
        ).toEqual([]);
        expect(exitCode).toBe(0);
        expect(output).toMatch(only.length === 0 ? /^PASSED: /m : /^PARTLY PASSED: /m);
        expect(report.verdicts.length).toBeGreaterThan(atLeast);
        expect(report.versions['engine']).toBe(engine.text);
        expect(report.versions['grafana']).toBe('stand-in');
        for (const log of ['prometheus', 'alertmanager', 'backend', 'rabbitmq', 'k6'])
          expect(existsSync(join(runDir, 'logs', `${log}.log`)), log).toBe(true);
        const own = grafanas(report);
        expect([
          count(own, 'Grafana is healthy'),
          count(own, 'Grafana reaches it'),
          count(own, 'Grafana has it'),
          count(own, 'Grafana answers'),
          count(own, 'Grafana evaluates it'),
        ]).toEqual([1, 1, 4, 45, rules]);
        const notJudged = report.notJudged.map(({ what }) => what);
        expect(notJudged).toEqual(expect.arrayContaining(['minio', 'mediamtx']));
        expect(notJudged).not.toContain('grafana');
        expect(count(own, 'a browser shows it')).toBe(BROWSER ? 4 : 0);
        if (BROWSER) expect(existsSync(join(runDir, 'pictures', 'gtv-system.png'))).toBe(true);
      });
      expect(await contentsOf(engine)).toEqual(before);
    },
  );

  it('has findings when its data source leads nowhere', { timeout: VERIFY_MS }, async (context) => {
    longOrSkip(context);
    const engine = await engineOrSkip(context);
    await withGrafanaStandIn(engine, IMAGE, () =>
      withStackCopy(async (stack) => {
        stack.edit(
          'grafana/provisioning/datasources/prometheus.yaml',
          'http://prometheus:9090',
          'http://prometheus:9091',
        );
        const { exitCode, report, output } = await verify([
          ...['--runtime', 'docker', '--only', 'dashboards', '--stack', stack.dir],
        ]);
        expect(exitCode, output).toBe(1);
        const failed = report.verdicts.filter((v) => v.outcome !== 'pass');
        expect(failed.filter((v) => !grafanas(report).includes(v))).toEqual([]);
        const ids = new Set(failed.map((v) => v.finding?.id));
        expect(ids).toEqual(
          new Set([
            'grafana-data-source-unreachable',
            'grafana-query-fails',
            'grafana-alert-unhealthy',
            ...(BROWSER ? ['grafana-panel-error'] : []),
          ]),
        );
      }),
    );
  });
});
