import { expect, it } from 'vitest';
import { PROOF_FINDING_IDS } from '../../src/model/proof-verdict.ts';
import type { ProofFindingId, ProofJudgement } from '../../src/model/proof-verdict.ts';
import { heldAgainst } from '../../src/prove/judge/promises.ts';
import { NOTHING, found as foundBeside, live, virtual } from './worlds/beside.ts';
import { LIVED, evidence, judge, plan, track } from './worlds/lived.ts';
import { KEPT, held, judgement, rules } from './worlds/promised.ts';

/** All that a judgement found: of its alerts, and of the stack. */
const all = ({ proofs, findings }: ProofJudgement): string[] => [
  ...proofs.flatMap((proof) => proof.findings.map(({ id }) => id)),
  ...findings.map(({ id }) => id),
];
const always = { ...track, id: '1', always: true };
/** With an alert that always fires, so that nothing is advised for the lack of one. */
const watched = plan({ tracks: [track, always] });
const read = { what: 'panel Heat', source: { file: 'heat.json', line: 1, column: 1 } };
const drawn = { ...watched, panels: [{ ...read, query: 'temp', jobs: ['a', 'b'] }] };
const lacking = {
  alert: { ...track.alert, name: 'Cold' },
  kind: 'cannot-fire-here' as const,
  why: 'no job',
  source: null,
};

/** What is found of a world that is wrong in one way; and of the same when it is mended. */
const WORLDS: Partial<Record<ProofFindingId, [broken: () => string[], mended: () => string[]]>> = {
  'cannot-fire-here': [
    () => all(judge(evidence(), plan({ tracks: [always], notProvoked: [lacking] }))),
    () => all(judge(evidence(), plan({ tracks: [always] }))),
  ],
  'metric-missing': [
    () =>
      all(judge(evidence(), { ...watched, missing: [{ ...read, metric: 'temp', alert: null }] })),
    () => all(judge(evidence(), watched)),
  ],
  'series-missing': [
    () => {
      const lacks = { asked: 'room="a"', kind: 'label' as const, have: ['job'] };
      const missing = [{ ...read, metric: 'temp', lacks, alert: null }];
      return all(judge(evidence(), { ...watched, missing }));
    },
    () => all(judge(evidence(), watched)),
  ],
  'panel-empty': [
    () => all(judge(evidence({ panels: [{ series: 0, jobs: [], error: null }] }), drawn)),
    () => all(judge(evidence({ panels: [{ series: 2, jobs: ['a', 'b'], error: null }] }), drawn)),
  ],
  'panel-lacks-job': [
    () => all(judge(evidence({ panels: [{ series: 3, jobs: ['a'], error: null }] }), drawn)),
    () => all(judge(evidence({ panels: [{ series: 3, jobs: ['a', 'b'], error: null }] }), drawn)),
  ],
  'no-alertmanager-named': [
    () => all(judge(evidence(), { ...watched, namesAlertmanager: false })),
    () => all(judge(evidence(), watched)),
  ],
  'nothing-fires-always': [() => all(judge(evidence())), () => all(judge(evidence(), watched))],
  'fired-unforeseen': [
    () => foundBeside(live(11, 20), [NOTHING, NOTHING]),
    () => foundBeside(live(11, 20), [virtual(10, 19), virtual(10.5, 19.5)]),
  ],
  'silent-beside-others': [
    () => foundBeside(live(0, 0), [virtual(10, 19), virtual(10.5, 19.5)]),
    () => foundBeside(live(0, 0), [NOTHING, NOTHING]),
  ],
  'promise-differs': [() => all(held({ ...KEPT, forMs: 120_000 })), () => all(held(KEPT))],
  'wrong-text': [() => all(held({ ...KEPT, says: ['b:\\d+'] })), () => all(held(KEPT))],
  'wrong-severity': [() => [...new Set(all(held({ severity: 'page' })))], () => all(held(KEPT))],
  'not-promised': [
    () =>
      all(
        heldAgainst(
          { file: 'contract.yaml', alerts: [], technologies: [], others: [] },
          rules,
          judgement,
        ),
      ),
    () => all(held(KEPT)),
  ],
};

it.each(Object.entries(WORLDS))(
  'a world fails with exactly %s, and mended with nothing',
  (id, [broken, mended]) => {
    expect(broken()).toEqual([id]);
    expect(mended()).toEqual([]);
  },
);

it('every kind has a case', () => {
  const shown = new Set([...LIVED.map(([id]) => id), ...Object.keys(WORLDS)]);
  expect([...shown].sort()).toEqual([...PROOF_FINDING_IDS].sort());
});
