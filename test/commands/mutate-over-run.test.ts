import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { overRun } from '../../src/commands/mutate/over-run.ts';
import { judgeByAnswers } from '../../src/commands/mutate/panels-over-run.ts';
import type { Ask, InRun } from '../../src/commands/mutate/panels-over-run.ts';
import { HarnessError } from '../../src/lib/errors.ts';
import { Refused } from '../../src/lib/http.ts';
import type { Evidence } from '../../src/model/evidence.ts';
import type { MutantResult } from '../../src/model/mutation.ts';
import { panelMutants } from '../../src/mutate/panels.ts';
import { measuredEvidence, measuredPlan } from '../support/measured.ts';

const dir = mkdtempSync(join(tmpdir(), 'gtv-over-run-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const plan = measuredPlan();
const evidence = measuredEvidence(plan);
const queryOf = (id: string, refId: string): string | undefined =>
  evidence.panels[`${id} ${refId}`]?.query;
const mutants = panelMutants(
  plan.panels.flatMap(({ id, dashboard, title: panel, queries, source }) =>
    queries.map(({ refId }) => ({
      ...{ dashboard, panel, refId },
      expr: queryOf(id, refId) ?? '',
      at: { ...source, endLine: source.line, endColumn: source.column },
    })),
  ),
  15_000,
);

async function judged(ask: Ask, inRun: InRun = (expr) => expr): Promise<MutantResult[]> {
  const results: MutantResult[] = [];
  await judgeByAnswers(
    mutants,
    { plan, evidence },
    { ask, inRun },
    new AbortController().signal,
    (result) => void results.push(result),
  );
  return results;
}
const fates = async (ask: Ask): Promise<string[]> => [
  ...new Set((await judged(ask)).map(({ fate }) => fate)),
];

describe('panels over a run’s blocks', () => {
  it('an answer that is the same says nothing', async () => {
    expect(await fates((_query, _asked, recorded) => Promise.resolve(recorded))).toEqual(
      expect.arrayContaining(['survived', 'killed']),
    );
    const hidden = (await judged((_q, _a, recorded) => Promise.resolve(recorded))).filter(
      ({ mutant }) => mutant.operator === 'query-hidden',
    );
    // A panel without its query has no data.
    expect(hidden.map(({ because }) => /\[(.*)\]/.exec(because)?.[1])).toContain('panel-no-data');
  });

  it('one that shows another thing is noticed by that', async () => {
    const tenfold: Ask = (query, _asked, recorded) =>
      Promise.resolve(
        Object.values(evidence.panels).some((panel) => panel.query === query)
          ? recorded
          : recorded.map(({ labels, samples }) => ({
              labels,
              samples: samples.map(([at, value]) => [at, value * 10 + 1]),
            })),
      );
    const found = (await judged(tenfold)).filter(
      ({ mutant }) => mutant.operator === 'constant-query',
    );
    expect(found.map(({ fate }) => fate)).toEqual(found.map(() => 'killed'));
    expect(found.length).toBeGreaterThan(0);
  });

  /** The panel's own query is answered; every other one fails in this way. */
  const failing =
    (error: Error): Ask =>
    (query, _asked, recorded) =>
      Object.values(evidence.panels).some((panel) => panel.query === query)
        ? Promise.resolve(recorded)
        : Promise.reject(error);
  const ofConstants = async (error: Error): Promise<Pick<MutantResult, 'fate' | 'because'>[]> =>
    (await judged(failing(error)))
      .filter(({ mutant }) => mutant.operator === 'constant-query')
      .map(({ fate, because }) => ({ fate, because }));

  it.each([400, 422])('a query that Prometheus refuses is noticed: %d', async (status) => {
    const found = await ofConstants(new Refused('it can’t be evaluated', status));
    expect(found.length).toBeGreaterThan(0);
    for (const one of found)
      expect(one).toEqual({
        fate: 'killed',
        because: 'Prometheus refuses the query [panel-error]',
      });
  });

  it.each([
    new HarnessError('it didn’t answer within 30.0 s', 'Try again.'),
    new Refused('query timed out', 503),
  ])('one that takes too long is not judged: $message', async (error) => {
    const found = await ofConstants(error);
    expect(found.length).toBeGreaterThan(0);
    for (const one of found)
      expect(one).toEqual({
        fate: 'undecided',
        because: 'Prometheus neither answers the query in time nor refuses it.',
      });
  });

  it('nothing is judged by a Prometheus that is gone', async () => {
    const gone = new TypeError('fetch failed');
    await expect(judged(failing(gone))).rejects.toBe(gone);
  });

  it('where the own query doesn’t give what was recorded, nothing is judged', async () => {
    expect(await fates(() => Promise.resolve([]))).toEqual(['undecided']);
  });
});

it('a query that the run didn’t ask is not judged', async () => {
  const results = await judged(
    (_query, _asked, recorded) => Promise.resolve(recorded),
    (expr) => `${expr} > 0`,
  );
  expect([...new Set(results.map(({ because }) => because))]).toEqual([
    'The run did not ask this query.',
  ]);
});

describe('a run that can judge nothing is refused', () => {
  const stored = (name: string, change: (e: Evidence) => void): string => {
    const run = join(dir, name);
    const own = structuredClone(evidence);
    change(own);
    mkdirSync(run);
    writeFileSync(join(run, 'plan.json'), JSON.stringify(plan));
    writeFileSync(join(run, 'evidence.json'), JSON.stringify(own));
    return run;
  };

  it.each<[string, (e: Evidence) => void, RegExp]>([
    ['without blocks', (e) => void (e.blocks = null), /it has no blocks/],
    ['with a broken promise', (e) => void (e.metrics = []), /it broke a promise itself/],
    [
      'of another version',
      (e) => void Object.assign(e, { schemaVersion: 1 }),
      /written by another version/,
    ],
  ])('%s', async (name, change, message) => {
    await expect(overRun(stored(name, change))).rejects.toThrow(message);
  });

  it('that isn’t there', async () => {
    await expect(overRun(join(dir, 'nowhere'))).rejects.toThrow(/no run with plan.json/);
  });
});
