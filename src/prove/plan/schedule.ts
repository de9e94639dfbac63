/** Something that takes its time and may stand in the way of others. */
export interface Job {
  lengthMs: number;
  /** Numbers of those that must not run beside it. */
  conflicts: Set<number>;
  /** Whether nothing at all may run beside it: it takes what room the others leave. */
  alone?: boolean;
}

/**
 * Starts each as early as its conflicts allow, the longest first; but one that has to be alone
 * behind the others, whom it would keep out.
 * @returns start of each, ms; undefined for what would end after `withinMs`
 */
export function schedule(jobs: Job[], withinMs: number): (number | undefined)[] {
  const starts: (number | undefined)[] = jobs.map(() => undefined);
  const order = jobs
    .map((_, i) => i)
    .sort((a, b) => isAlone(jobs, a) - isAlone(jobs, b) || lengthOf(jobs, b) - lengthOf(jobs, a));
  for (const i of order) {
    const taken = [...(jobs[i]?.conflicts ?? [])]
      .flatMap((other) => {
        const start = starts[other];
        return start === undefined ? [] : [{ start, end: start + lengthOf(jobs, other) }];
      })
      .sort((a, b) => a.start - b.start);
    let start = 0;
    for (const other of taken) {
      if (start + lengthOf(jobs, i) <= other.start) break;
      start = Math.max(start, other.end);
    }
    if (start + lengthOf(jobs, i) <= withinMs) starts[i] = start;
  }
  return starts;
}

function isAlone(jobs: Job[], i: number): number {
  return Number(jobs[i]?.alone ?? false);
}

function lengthOf(jobs: Job[], i: number): number {
  return jobs[i]?.lengthMs ?? 0;
}
