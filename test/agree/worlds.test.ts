import { expect, it } from 'vitest';
import { agrees, tally } from '../../scripts/agree/record.ts';
import type { Agreement } from '../../scripts/agree/record.ts';
import { changesOf, drawn, worldsOf } from '../../scripts/agree/worlds.ts';
import type { Judged } from '../../scripts/agree/judged.ts';
import type { MutantKind, TreeEdit } from '../../src/model/mutation.ts';

const at = { file: 'r.yml', line: 1, column: 1, endLine: 1, endColumn: 2 };
const one = (
  subject: string,
  kind: MutantKind = 'rule',
  edits: TreeEdit[] = [],
  id = subject,
): Judged => ({
  mutant: {
    ...{ id, kind, operator: 'o', subject, at, was: '', becomes: '' },
    changes: [{ file: 'r.yml', edits }],
  },
  ...{ fate: 'killed', because: `${id} is noticed`, changes: [{ file: 'r.yml', edits }] },
});
const unnoticed = (judged: Judged): Judged => ({ ...judged, fate: 'equivalent' });
const subjects = (worlds: Judged[][]) =>
  worlds.map((world) => world.map(({ mutant }) => mutant.subject));

it('mistakes that don’t touch each other share a world', () => {
  expect(
    subjects(
      worldsOf([
        ...[one('alert A'), one('alert B'), one('panel D / P', 'dashboard')],
        ...[one('alert A', 'rule', [], 'again'), one('route 1', 'routing')],
        ...[one('alert ServiceDown'), one('job api', 'scraping'), one('job db', 'scraping')],
        ...[one('inhibition 1', 'routing'), one('metric m of api', 'instrumentation')],
      ]),
    ),
  ).toEqual([
    ['alert A', 'alert B', 'panel D / P'],
    ['alert A'],
    ['route 1', 'inhibition 1'],
    ['alert ServiceDown'],
    ['job api', 'job db'],
    ['metric m of api'],
  ]);
});

it('what nobody would notice shares a world in which nothing may be noticed', () => {
  expect(
    subjects(
      worldsOf([
        ...[one('alert A'), unnoticed(one('alert B')), unnoticed(one('route 1', 'routing'))],
        ...[unnoticed(one('alert ServiceDown')), unnoticed(one('alert B', 'rule', [], 'again'))],
      ]),
    ),
  ).toEqual([['alert A'], ['alert B', 'route 1', 'alert ServiceDown'], ['alert B']]);
});

it('of mistakes that are told in the same words, or move the same list, each has a world', () => {
  const same = (subject: string): Judged => ({ ...one(subject, 'routing'), because: 'it is said' });
  const moves = (subject: string): Judged =>
    one(subject, 'routing', [{ path: ['route', 'routes', subject === 'route 1' ? 0 : 1] }]);
  for (const of of [same, moves])
    expect(subjects(worldsOf([of('route 1'), of('route 2')]))).toEqual([['route 1'], ['route 2']]);
});

it('all kinds are drawn, the same by the same seed', () => {
  const all = [
    ...Array.from({ length: 20 }, (_, i) => one(`alert ${i}`)),
    ...[one('route', 'routing'), one('job a', 'scraping')],
  ];
  const ids = (seed: number) => drawn(all, 5, seed).map(({ mutant }) => mutant.id);
  expect(ids(1)).toEqual(ids(1));
  expect(ids(1)).toEqual(expect.arrayContaining(['route', 'job a']));
  expect(ids(1)).not.toEqual(ids(2));
});

it('what moves others is changed last, from the end on', () => {
  const gone = (number: number) => one(`gone ${number}`, 'rule', [{ path: ['rules', number] }]);
  const changed = one('changed', 'rule', [{ path: ['rules', 2, 'for'], value: '1m' }]);
  expect(changesOf([gone(1), changed, gone(3)]).map(({ edits }) => edits[0]?.path)).toEqual([
    ['rules', 2, 'for'],
    ['rules', 3],
    ['rules', 1],
  ]);
});

it('both notice or neither does; what a run couldn’t judge counts for nothing', () => {
  const said = (fate: string, noticed: string | null, open = false): Agreement => ({
    ...{ id: 'i', kind: 'rule', operator: 'o', subject: 'alert A', seconds: 1 },
    ...{ fate, noticed, open },
  });
  const all = [
    ...[said('killed', 'run: never-fired'), said('survived', null), said('equivalent', null)],
    ...[said('killed', null), said('killed', null, true), said('killed', 'check: x', true)],
  ];
  expect(all.map(agrees)).toEqual([true, true, true, false, undefined, true]);
  expect(tally(all)).toBe(
    'alert A [o]: killed by evidence, live unnoticed (i)\n4 of 5 agree (rule), 1 not judged',
  );
});

it('the same mistake twice has two worlds: it may be told once for both', () => {
  const source = (subject: string): Judged => {
    const judged = one(subject, 'dashboard');
    return { ...judged, mutant: { ...judged.mutant, becomes: 'mainx' } };
  };
  expect(subjects(worldsOf([source('panel D / P'), source('panel D / Q')]))).toEqual([
    ['panel D / P'],
    ['panel D / Q'],
  ]);
});
