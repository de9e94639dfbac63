/** What a program's metrics text says at one moment: each metric's series. */
export class OwnMetrics {
  /** When it was asked, by the clock that nobody sets, ms. */
  readonly atMs: number;
  private readonly series = new Map<string, { labels: string; value: number }[]>();

  /** @param names the metrics that are wanted: a text of thousands of rule groups is long */
  constructor(text: string, names: Set<string>, atMs = performance.now()) {
    this.atMs = atMs;
    for (const line of text.split('\n')) {
      const end = line.search(/[{ ]/);
      const name = line.slice(0, end);
      if (end <= 0 || !names.has(name)) continue;
      const value = Number(line.slice(line.lastIndexOf(' ') + 1));
      const labels = line.slice(end, line.lastIndexOf(' '));
      const known = this.series.get(name);
      if (known) known.push({ labels, value });
      else this.series.set(name, [{ labels, value }]);
    }
  }

  /** All series together; undefined when there are none. */
  sum(name: string): number | undefined {
    return this.series.get(name)?.reduce((total, { value }) => total + value, 0);
  }

  /** Each series with its labels as they stand in the text. */
  each(name: string): { labels: string; value: number }[] {
    return this.series.get(name) ?? [];
  }
}
