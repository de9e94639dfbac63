/** The share of a load that one k6 process makes: what `k6 run` is told. */
export interface Segment {
  /** `--execution-segment`: from and to, as fractions of the whole. */
  segment: string;
  /** `--execution-segment-sequence`: all edges, the same for every process. */
  sequence: string;
}

/**
 * The execution segments of a load in equal parts, written as the k6 operator writes them for its
 * runners (grafana/k6-operator, `pkg/segmentation`): edges as n/parts without cancelling, but for 0
 * and 1.
 * @param parts at least 1; a load in one part has no need of the options
 */
export function segments(parts: number): Segment[] {
  const edge = (n: number): string => (n === 0 ? '0' : n === parts ? '1' : `${n}/${parts}`);
  const edges = Array.from({ length: parts + 1 }, (_, n) => edge(n));
  return edges
    .slice(1)
    .map((to, n) => ({ segment: `${edges[n] ?? ''}:${to}`, sequence: edges.join(',') }));
}
