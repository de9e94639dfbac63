/** A series of Prometheus, with its samples as they were stored. */
export interface Series {
  labels: Record<string, string>;
  /** [epoch ms, value] raw samples. */
  samples: [number, number][];
}
