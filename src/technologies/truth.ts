import type { TruthSeries } from '../model/truth-series.ts';

/**
 * A counter that is moved 50 times a second needs no 50 entries in a run that takes its time:
 * windows of rates are long then. So many are put down each; after them changes nearer than this to
 * the one before are one, ms.
 */
const EACH = 5_000;
const COARSE_MS = 100;

/** What somebody outside of the judged stack knows about one metric: which value it had when. */
export class Truth {
  readonly series: TruthSeries;

  /** @param known who knows it, as a report would say: "the synthetic host" */
  constructor(
    metric: string,
    labels: Record<string, string>,
    kind: TruthSeries['kind'],
    known: string,
    lagMs = 0,
  ) {
    this.series = { metric, labels, kind, known, lagMs, points: [] };
  }

  /**
   * The value became `value` at some moment between these two, epoch ms. What grows is put down
   * coarsely after a while; a level is put down each time it is another one. Changes come in the
   * order in which they happened.
   */
  changed(fromMs: number, toMs: number, value: number): void {
    const last = this.series.points.at(-1);
    if (last?.[2] === value) return;
    this.add(fromMs, toMs, value);
  }

  /**
   * The value had been lost, with whom it was set at, and was the same again at some moment between
   * these two, epoch ms.
   */
  restored(fromMs: number, toMs: number): void {
    const last = this.series.points.at(-1);
    if (last) this.add(fromMs, toMs, last[2]);
  }

  private add(fromMs: number, toMs: number, value: number): void {
    const { points, kind } = this.series;
    const last = points.at(-1);
    if (kind === 'growing' && last && points.length > EACH && toMs - last[0] < COARSE_MS) {
      last[1] = toMs;
      last[2] = value;
    } else
      points.push([
        Math.max(fromMs, last?.[0] ?? fromMs),
        Math.max(toMs, last?.[1] ?? toMs),
        value,
      ]);
  }
}
