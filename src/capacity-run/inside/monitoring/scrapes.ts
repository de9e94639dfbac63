/** Every scrape that came, by target: when. In memory that doesn't grow with time. */
export class Scrapes {
  private readonly last: Float64Array;
  private at: Float64Array;
  private who: Int32Array;
  private length = 0;
  private scraped = 0;

  constructor(targets: number) {
    this.last = new Float64Array(targets);
    this.at = new Float64Array(1024);
    this.who = new Int32Array(1024);
  }

  /** Puts down a scrape, epoch ms. */
  add(target: number, atMs: number): void {
    if (this.length === this.at.length) {
      const [at, who] = [new Float64Array(2 * this.length), new Int32Array(2 * this.length)];
      at.set(this.at);
      who.set(this.who);
      [this.at, this.who] = [at, who];
    }
    if (this.last[target] === 0) this.scraped++;
    this.last[target] = atMs;
    this.at[this.length] = atMs;
    this.who[this.length++] = target;
  }

  /** How many targets were ever scraped. */
  get scrapedTargets(): number {
    return this.scraped;
  }

  /** Calls back with the target of each scrape that came after `fromMs` and not after `toMs`. */
  within(fromMs: number, toMs: number, seen: (target: number) => void): void {
    for (let i = 0; i < this.length; i++)
      if ((this.at[i] ?? 0) > fromMs && (this.at[i] ?? 0) <= toMs) seen(this.who[i] ?? 0);
  }

  /**
   * The middle of the longest pause between scrapes that is expected in the `withinMs` after
   * `fromMs`: a window that begins there cuts no scrape in two. Scrapes come again after
   * `intervalMs`, so the next ones are known from the last ones.
   */
  quiet(fromMs: number, withinMs: number, intervalMs: number): number {
    const due = [...this.last]
      .filter((last) => last > 0)
      .map((last) => last + Math.ceil((fromMs - last) / intervalMs) * intervalMs)
      .filter((ms) => ms <= fromMs + withinMs)
      .sort((a, b) => a - b);
    const edges = [fromMs, ...due, fromMs + withinMs];
    let best = { at: fromMs, length: 0 };
    for (let i = 1; i < edges.length; i++) {
      const [a = 0, b = 0] = [edges[i - 1], edges[i]];
      if (b - a > best.length) best = { at: (a + b) / 2, length: b - a };
    }
    return best.at;
  }
}
