import { describe, expect, it } from 'vitest';
import { examplesOf } from '../../src/check/index.ts';
import { judgeByExamples } from '../../src/commands/mutate/panels-in-examples.ts';
import type { PanelResult, RunCases } from '../../src/commands/mutate/panels-in-examples.ts';
import { panelTexts } from '../../src/commands/mutate/panels.ts';
import type { Verdict } from '../../src/engine/confirm.ts';
import { changed } from '../../src/mutate/change.ts';
import { panelMutants } from '../../src/mutate/panels.ts';
import { readStack } from '../../src/stack/index.ts';

const panel = (title: string, expr: string): object => ({
  ...{ title, type: 'stat', datasource: { type: 'prometheus', uid: 'p' } },
  targets: [{ refId: 'A', expr }],
});
const stack = readStack([
  {
    path: 'contract.yaml',
    text:
      'version: 1\nexamples:\n  two:\n    after: 5m\n    series: { "x{a=\\"1\\"}": 3x20, "x{a=\\"2\\"}": 4x20 }\n' +
      '    reads: { D: { Both: { "{}": 7 } } }\n',
  },
  {
    path: 'grafana/d.json',
    text: JSON.stringify({
      ...{ title: 'D', schemaVersion: 39 },
      panels: [panel('Both', 'sum(x)'), panel('Untold', 'max(y)')],
    }),
  },
]);
const examples = examplesOf(stack);
const mutants = panelMutants(panelTexts(stack, examples), examples.scrapeMs);

async function judged(run: RunCases): Promise<PanelResult[]> {
  const results: PanelResult[] = [];
  await judgeByExamples(mutants, examples, run, (result) => void results.push(result));
  return results;
}
const fates = (results: PanelResult[], title: string): string[] => [
  ...new Set(results.filter(({ mutant }) => mutant.query.panel === title).map(({ fate }) => fate)),
];
const passes: RunCases = (cases) => Promise.resolve(cases.map(() => ({ passed: true })));
/** As promtool would tell of these numbers. */
const fails =
  (...ids: number[]): RunCases =>
  (cases) =>
    Promise.resolve(
      cases.map((): Verdict => ({
        passed: false,
        output: ids
          .map((id) => `expr: "q # ${id}: s", time: 5m,\n  exp: {} 7E+00\n  got: {} 3E+00`)
          .join('\n'),
      })),
    );

describe('mutants of panels in the contract’s examples', () => {
  it('stand in their file as they are asked', () => {
    const board = {
      ...{ title: 'D', schemaVersion: 39 },
      panels: [
        panel('Rate', 'sum by (job) (rate(x[$__rate_interval])) / rate(y{job="$job"}[5m])'),
        panel('Other', 'max(y)'),
      ],
    };
    const file = { path: 'd.json', text: JSON.stringify(board) };
    const read = readStack([file]);
    const all = panelMutants(panelTexts(read, examples), examples.scrapeMs).filter(
      ({ operator }) => operator !== 'query-hidden',
    );
    for (const { changes, query, written } of all) {
      const [change] = changes ?? [];
      const text = change ? changed(file.text, change) : '';
      const own = panelTexts(readStack([{ ...file, text }]), examples).find(
        (one) => one.panel === query.panel,
      );
      expect(own?.expr).toBe(written.becomes);
    }
    expect(all.length).toBeGreaterThan(20);
    // Where the variable isn't what is changed it stays one.
    const kept = all.filter(({ changes }) => JSON.stringify(changes).includes('$__rate_interval'));
    expect(kept.map(({ operator }) => operator)).toContain('matcher-dropped');
  });

  it('are of every query, each in one place', () => {
    expect(mutants.map(({ operator }) => operator)).toEqual(
      expect.arrayContaining(['aggregation-swapped', 'query-hidden', 'query-of-another-panel']),
    );
  });

  it('one that shows the same survives; of a panel that no example names nothing is known', async () => {
    const results = await judged(passes);
    expect(fates(results, 'Both')).toEqual(['survived']);
    expect(fates(results, 'Untold')).toEqual(['undecided']);
    expect(results).toHaveLength(mutants.length);
  });

  it('one that shows something else is noticed, and told with what it shows', async () => {
    const results = (await judged(fails(1))).filter(({ fate }) => fate === 'killed');
    expect(results).toHaveLength(1);
    expect(results[0]?.because).toBe(
      'D / Both: in the example two, it shows {} 3E+00 [promise/panel-differs]',
    );
  });

  it('where the engine can’t say which, each is asked alone, and has a time limit', async () => {
    let calls = 0;
    const hangs: RunCases = (cases) => {
      calls++;
      return Promise.resolve(
        cases.map((): Verdict => ({ passed: false, output: 'it did not end', timedOut: true })),
      );
    };
    const results = await judged(hangs);
    expect(fates(results, 'Both')).toEqual(['undecided']);
    expect(calls).toBeGreaterThan(mutants.filter((m) => m.query.panel === 'Both').length);
  });

  it('a file that the engine doesn’t take is no verdict', async () => {
    const refuses: RunCases = (cases) =>
      Promise.resolve(cases.map((): Verdict => ({ passed: false, output: 'bad file' })));
    expect(fates(await judged(refuses), 'Both')).toEqual(['invalid']);
  });
});
