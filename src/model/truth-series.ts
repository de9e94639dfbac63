/**
 * What somebody outside of the judged stack knows about a metric: who made the world as it was.
 * Between two points the value stands; during a point's change it is anything between the old value
 * and the new.
 */
export interface TruthSeries {
  metric: string;
  /**
   * Labels that the series it speaks of must have; all series with these labels have this value.
   */
  labels: Record<string, string>;
  /** `level`: the value is set; `growing`: it only ever rises. */
  kind: 'level' | 'growing';
  /** Who knows it: "the synthetic host". */
  known: string;
  /**
   * Not 0 for what is looked up now and then: how far in time the look and what is judged may be
   * apart, ms. It is only known where it stands still.
   */
  lagMs: number;
  /**
   * Of connections, when only the clients' ends could be seen: one that Prometheus gave up may go
   * on at the service, where nobody sees it.
   */
  clientEnds?: true;
  /**
   * [fromMs, toMs, value]: at some moment between the two it became this value. In their order:
   * neither time ever falls.
   */
  points: [number, number, number][];
}
