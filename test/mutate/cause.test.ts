import { describe, expect, it } from 'vitest';
import type { Mutant, MutantKind, MutantResult } from '../../src/model/mutation.ts';
import { namesCause, withCause } from '../../src/mutate/judge/cause.ts';

const noticed = (kind: MutantKind, operator: string, because: string): MutantResult => {
  const mutant: Mutant = {
    ...{ id: 'm', kind, operator, subject: kind === 'dashboard' ? 'panel API / Rate' : 'alert A' },
    at: { file: 'r.yml', line: 1, column: 1, endLine: 1, endColumn: 2 },
    ...{ was: '', becomes: '', changes: undefined },
  };
  return { mutant, fate: 'killed', because };
};

describe('a finding that names what was got wrong', () => {
  it.each<[MutantKind, string, string, string]>([
    ['rule', 'for-longer', '`for` is 10m, and 5m is promised', '`keep_firing_for` is 1m'],
    ['rule', 'range-changed', 'it looks back over 10m', '`for` is 10m'],
    ['rule', 'limit-moved', 'look at `expr`: its limit or comparison first', '`for` is 10m'],
    ['rule', 'annotation-dropped', 'look at its `annotations` first', '`for` is 10m'],
    ['routing', 'repeat-interval-changed', '`repeat_interval` is 2h', 'told twice'],
    ['routing', 'group-interval-changed', '`group_interval` is 30s', 'A is evaluated every 1m'],
    ['routing', 'inhibition-removed', 'A does not silence B', 'A is told'],
    ['rule', 'group-interval-changed', 'A is evaluated every 1m', '`group_interval` is 30s'],
    ['scraping', 'scrape-interval-changed', '`scrape_interval` of api is 1m', 'no metric'],
    ['instrumentation', 'metric-renamed', 'gone [metric-missing]', 'shows nothing [panel-no-data]'],
    ['dashboard', 'range-changed', 'API / Rate: it shows 1', 'API / Errors: it shows 1'],
  ])('%s, %s', (kind, operator, right, wrong) => {
    expect(namesCause(noticed(kind, operator, right))).toBe(true);
    expect(namesCause(noticed(kind, operator, wrong))).toBe(false);
  });

  it('is looked for of what was noticed alone', () => {
    const survivor: MutantResult = { ...noticed('rule', 'for-gone', ''), fate: 'survived' };
    expect(withCause(survivor)).toBe(survivor);
    expect(withCause(noticed('rule', 'for-gone', '`for` is 0s')).namesCause).toBe(true);
  });
});
