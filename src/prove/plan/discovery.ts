import type { DiscoveryChange } from '../../model/proof-plan.ts';
import type { JobTarget, JobTargets } from './target.ts';
import { discoveryFile } from './prometheus-file.ts';

/** A target that nobody discovers for a while: run ms after T0. */
export interface Absence {
  target: JobTarget;
  fromMs: number;
  untilMs: number;
}

/** What the jobs' discovery files say from when on, so that targets are gone for their time. */
export function discoveryChanges(jobs: JobTargets[], absences: Absence[]): DiscoveryChange[] {
  return jobs
    .flatMap((job, number) => {
      const own = absences.filter(({ target }) => job.targets.includes(target));
      const moments = [...new Set(own.flatMap(({ fromMs, untilMs }) => [fromMs, untilMs]))];
      return moments.map((atMs) => {
        const there = job.targets.filter(
          (target) => !own.some((a) => a.target === target && a.fromMs <= atMs && atMs < a.untilMs),
        );
        return { atMs, ...discoveryFile(job, number, there) };
      });
    })
    .sort((a, b) => a.atMs - b.atMs);
}
