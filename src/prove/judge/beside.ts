import { labelsText } from '../../lib/series-text.ts';
import { carries } from '../../lib/carries.ts';
import type { ProofEvidence } from '../../model/proof-evidence.ts';
import type { ProofPlan, ProofTrack } from '../../model/proof-plan.ts';
import type { AlertProof, ProofFinding } from '../../model/proof-verdict.ts';
import type { Solution } from '../../model/recipe.ts';
import type { VirtualOutcome, VirtualStates } from '../../model/virtual-world.ts';
import { stretchesOf } from './states.ts';
import { findingsAt, seconds } from './finding.ts';
import type { MakeFinding } from './finding.ts';

type Labels = Record<string, string>;

/** When an instance was in which state: run ms after T0, ascending. */
interface Instance {
  labels: Labels;
  active: number[];
  firing: number[];
}
type Instances = Map<string, Instance>;

/** An instance that is seen in one evaluation alone may have been anywhere near its limit. */
const LEAST_EVALUATIONS = 2;

interface Sides {
  plan: ProofPlan;
  live: Instances;
  /** The same in virtual time, as often as the world was tried. */
  virtual: Instances[];
}

/**
 * Holds all alerts of a run against the whole world of its plan in virtual time: what else fires by
 * right (the critical one beside the warning, an alert on the same series) has to, and nothing else
 * may.
 * @returns findings with the alerts that they are about, as far as their own tracks are well
 */
export function besideOthers(
  plan: ProofPlan,
  solution: Solution,
  evidence: ProofEvidence,
  outcomes: readonly VirtualOutcome[],
  proofs: readonly AlertProof[],
): { proof: AlertProof; finding: ProofFinding }[] {
  const worlds = outcomes.flatMap((outcome) => ('states' in outcome ? [outcome.states] : []));
  // What would have fired after an interruption is missing from what was seen.
  if (evidence.t0 === null || evidence.interruption || worlds.length === 0) return [];
  const isLoose = templatedLabels(solution);
  const sides: Sides = {
    plan,
    live: instancesOf(liveStates(evidence, evidence.t0), isLoose, 1),
    virtual: worlds.map((states) => instancesOf(states, isLoose, plan.speed)),
  };
  const own = (name: string | undefined, labels: Labels): AlertProof | undefined => {
    const named = proofs.filter(({ alert }) => alert.name === name);
    const well = named.every(({ outcome }) => outcome === 'proved' || outcome === 'virtual');
    return well ? (named.find((proof) => fits(proof, solution, labels)) ?? named[0]) : undefined;
  };
  const judged = judgedNames(plan, solution);
  return [...unforeseen(sides), ...silent(sides)].flatMap(({ labels, finding }) => {
    const name = labels['alertname'];
    const proof = judged.has(name ?? '') ? own(name, labels) : undefined;
    return proof ? [{ proof, finding: finding(proof) }] : [];
  });
}

interface Seen {
  labels: Labels;
  finding: (proof: AlertProof) => ProofFinding;
}

/** What fires live, and in no virtual world near that time. */
function unforeseen({ plan, live, virtual }: Sides): Seen[] {
  return [...live].flatMap(([key, { labels, firing }]) => {
    const worlds = virtual.flatMap((world) => world.get(key) ?? []);
    const odd = firing.filter(
      (at) =>
        at >= 0 &&
        at < plan.lengthMs &&
        !isUnsettled(plan, labels, at) &&
        !worlds.some((one) => explains(one, at, plan)),
    );
    if (odd.length < LEAST_EVALUATIONS) return [];
    return [
      {
        labels,
        finding: ofEach(
          'fired-unforeseen',
          'no other instance of it, as in virtual time',
          `${textOf(labels)} fired ${seconds(odd[0] ?? 0)} after the beginning`,
          'scrapes that fail, relabelling or limits make its series other than the configuration says',
        ),
      },
    ];
  });
}

function explains({ active, firing }: Instance, at: number, plan: ProofPlan): boolean {
  if (firing.some((time) => Math.abs(time - at) <= plan.slackMs)) return true;
  // What is active from the beginning has been so for an unknown time.
  const [first] = stretchesOf(active, plan.slackMs);
  return first !== undefined && first[0] <= plan.slackMs && at <= first[1] + plan.slackMs;
}

/** What fires in every virtual world for long enough to be seen, and live not at all. */
function silent({ plan, live, virtual }: Sides): Seen[] {
  const [one = new Map<string, Instance>(), ...others] = virtual;
  const { slackMs, lengthMs } = plan;
  return [...one].flatMap(([key, { labels, firing }]) => {
    if (isTracked(plan, labels)) return [];
    const sure = firing.filter((at) =>
      others.every((world) => world.get(key)?.firing.includes(at) === true),
    );
    const seen = live.get(key)?.firing ?? [];
    const missed = stretchesOf(sure, slackMs).find(
      ([from, until]) =>
        until - from >= 2 * slackMs &&
        until <= lengthMs &&
        !seen.some((at) => from - slackMs <= at && at <= until + slackMs),
    );
    if (!missed) return [];
    return [
      {
        labels,
        finding: ofEach(
          'silent-beside-others',
          `${textOf(labels)} firing ${seconds(missed[0])} after the beginning, as in virtual time`,
          'nothing',
          'relabelling, limits or the order of rule groups make it other than it is by itself',
        ),
      },
    ];
  });
}

function isTracked(plan: ProofPlan, labels: Labels): boolean {
  return tracksOf(plan, labels).length > 0;
}

/**
 * Whether an alert's own series have only just begun: what the first two or three scrapes give
 * hangs on when they were.
 */
function isUnsettled(plan: ProofPlan, labels: Labels, at: number): boolean {
  return tracksOf(plan, labels).some(
    ({ startMs, settledAtMs }) => startMs <= at && at < settledAtMs,
  );
}

function tracksOf({ tracks }: ProofPlan, labels: Labels): ProofTrack[] {
  return tracks.filter(
    (track) => labels['alertname'] === track.alert.name && carries(labels, track.labels),
  );
}

/** The same failure of each alert that it is told of. */
function ofEach(...[id, expected, seen, cause]: Parameters<MakeFinding>) {
  return ({ alert }: AlertProof): ProofFinding => findingsAt(alert)(id, expected, seen, cause);
}

/** Names of alerts all of whose rules the plan's world understands. */
function judgedNames({ tracks, notProvoked }: ProofPlan, { unsolved }: Solution): Set<string> {
  const open = new Set([...notProvoked, ...unsolved].map(({ alert }) => alert.name));
  return new Set(tracks.map(({ alert }) => alert.name).filter((name) => !open.has(name)));
}

/** Labels that a template fills in, by alert: their values are told by nothing in advance. */
function templatedLabels({ recipes }: Solution): (alert: string, label: string) => boolean {
  const found = new Set(
    recipes.flatMap(({ alert, labels }) =>
      Object.entries(labels)
        .filter(([, value]) => value.includes('{{'))
        .map(([label]) => JSON.stringify([alert.name, label])),
    ),
  );
  return (alert, label) => found.has(JSON.stringify([alert, label]));
}

/** Whether an instance has the labels that the rule of a proof gives. */
function fits({ alert }: AlertProof, { recipes }: Solution, labels: Labels): boolean {
  const own = recipes.find((recipe) => recipe.alert.index === alert.index)?.labels ?? {};
  const fixed = Object.entries(own).filter(([, value]) => !value.includes('{{'));
  return carries(labels, Object.fromEntries(fixed));
}

function liveStates({ alerts }: ProofEvidence, t0: number): VirtualStates[] {
  return alerts.map(({ labels: { alertstate, __name__: _, ...labels }, samples }) => {
    void _;
    const times = samples.map(([at]) => at - t0);
    return { labels, active: times, firing: alertstate === 'firing' ? times : [] };
  });
}

function instancesOf(
  states: VirtualStates[],
  isLoose: (alert: string, label: string) => boolean,
  speed: number,
): Instances {
  const found: Instances = new Map();
  for (const { labels, active, firing } of states) {
    const name = labels['alertname'] ?? '';
    const kept = Object.entries(labels)
      .filter(([label]) => !isLoose(name, label))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const key = JSON.stringify(kept);
    const one = found.get(key) ?? { labels: Object.fromEntries(kept), active: [], firing: [] };
    found.set(key, one);
    one.active.push(...active.map((at) => at / speed));
    one.firing.push(...firing.map((at) => at / speed));
  }
  for (const { active, firing } of found.values())
    for (const times of [active, firing]) times.sort((a, b) => a - b);
  return found;
}

function textOf({ alertname: _, ...labels }: Labels): string {
  void _;
  return `the instance ${labelsText(labels, ', ')}`;
}
