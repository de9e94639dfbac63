import { PROOF_ADDRESSES } from '../../model/proof-plan.ts';
import type { ProofTrack } from '../../model/proof-plan.ts';
import type { SyntheticSeries, SyntheticStep, SyntheticTarget } from '../../model/synthetic.ts';
import type { RecipeSeries, Shape } from '../../model/recipe.ts';
import { groupBy } from '../../lib/group-by.ts';
import { onceEach, overBase } from './base.ts';
import type { BaseSeries } from './base.ts';
import type { PlacedComponent } from './components.ts';
import { scrapedAddress } from './target.ts';
import type { JobTarget, JobTargets } from './target.ts';
import { isReported } from './as-scraped.ts';
import { STAND_IN_METRIC } from './rule-files.ts';
import type { Provoked, TrackPlan } from './tracks.ts';

/**
 * Every target of every job, with the series of all tracks that it serves; and the harness's own
 * for stand-ins.
 */
export function syntheticTargets(
  jobs: JobTargets[],
  base: BaseSeries[],
  { provoked }: Pick<TrackPlan, 'provoked'>,
  components: PlacedComponent[] = [],
): SyntheticTarget[] {
  const all = jobs.flatMap((job) => job.targets);
  // One answers all that scrape an address.
  const at = new Map(all.map((target) => [scrapedAddress(target), targetOf(target)]));
  const own: SyntheticTarget = {
    ...PROOF_ADDRESSES.own,
    protocol: 'http',
    path: '/metrics',
    params: {},
    series: [],
    up: [],
  };
  for (const one of provoked)
    if (one.track.way === 'virtual') own.series.push(standInSeries(one));
    else
      for (const { series, target, exported } of one.placed) {
        const synthetic = at.get(scrapedAddress(target));
        if (!synthetic) continue;
        const list = isReported({ series, exported }) ? synthetic.up : synthetic.series;
        list.push({
          metric: series.metric,
          labels: exported,
          steps: stepsOf(series.shapes, one.track),
        });
      }
  const exported = groupBy(base, ({ target }) => scrapedAddress(target));
  for (const [address, synthetic] of at) {
    const real = components.find(({ front }) => scrapedAddress(front) === address);
    if (real) synthetic.real = `http://${real.target}/metrics`;
    // What a real component tells is its own.
    const own = real ? [] : (exported.get(address)?.map((one) => one.exported) ?? []);
    const living = onceEach(own);
    if (real || living.length > 0) synthetic.series = overBase(living, synthetic.series);
  }
  return [...at.values(), ...(own.series.length > 0 ? [own] : [])];
}

function targetOf({ host, port, protocol, path, params }: JobTarget): SyntheticTarget {
  return { host, port, protocol, path, params, series: [], up: [] };
}

/** Near, over and calm; then it is gone, so that nobody meets it. */
export function stepsOf(shapes: RecipeSeries['shapes'], track: ProofTrack): SyntheticStep[] {
  return [
    { atMs: track.startMs, shape: shapes.near },
    { atMs: track.overAtMs, shape: shapes.over },
    { atMs: track.calmAtMs, shape: shapes.calm },
    { atMs: track.endMs, shape: { kind: 'absent' } },
  ];
}

/** It has the labels that the expression would give, and the number of the rule. */
function standInSeries({ track, alert }: Provoked): SyntheticSeries {
  return {
    metric: STAND_IN_METRIC,
    labels: { ...alert.given, rule: track.id },
    steps: standInSteps(track),
  };
}

/** What stands for an expression: 1 while it would be true. */
export function standInSteps(track: ProofTrack): SyntheticStep[] {
  const value = (number: number): Shape => ({ kind: 'value', value: number });
  return stepsOf({ near: value(0), over: value(1), calm: value(0) }, track);
}
