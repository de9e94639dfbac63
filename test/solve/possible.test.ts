import { describe, expect, it } from 'vitest';
import { solved } from './support.ts';

/** What may fire, and a twin of it that never does: the one is not claimed, the other still is. */
const POSSIBLE: readonly [name: string, possible: string, never: string][] = [
  [
    'what is absent has its labels at any time',
    'absent(foo{job="a"}) and absent(foo{job="a"} offset 5m)',
    'absent(foo{job="a"}) and absent(foo{job=~"a"} offset 5m)',
  ],
  [
    'and of a window that lies elsewhere',
    'absent_over_time(foo{job="a"}[5m] offset 5m) and on (job) up{job="a"} == 0',
    'absent_over_time(foo{job="a"}[5m:1m] offset 5m) and on (job) up{job="a"} == 0',
  ],
  [
    'what is absent has what is asked for last',
    'absent(foo{job!="",job="a"}) and on (job) up{job="a"} == 0',
    'absent(foo{job="a",job!=""}) and on (job) up{job="a"} == 0',
  ],
];

describe('what may fire is not said to be impossible, and its twin is', () => {
  it.each(POSSIBLE)('%s', (_, possible, never) => {
    expect(solved(possible)).not.toMatchObject({ kind: 'unsatisfiable' });
    expect(solved(never)).toMatchObject({ kind: 'unsatisfiable' });
  });
});
