/** Every value is written in so many digits, so that it can be changed where it stands. */
const DIGITS = 12;
const ZERO = 48;

/** How a value moves from one scrape to the next. */
type Move = 'counter' | 'gauge' | 'constant';

/** Buckets of the histograms, s. */
export const BUCKETS = ['0.005', '0.01', '0.025', '0.05', '0.1', '0.25', '0.5', '0.75', '1', '1.5', '2.5', '5', '10', '+Inf'];

/**
 * A metrics text that is made once, and whose values move: putting a hundred thousand series together anew for each scrape
 * would keep the exporter from answering. Only the digits change.
 */
export class Exposition {
  private readonly parts: string[] = [];
  private length = 0;
  private readonly offsets: number[] = [];
  private readonly moves: Move[] = [];
  private buffer: Buffer | undefined;
  private scrapes = 0;

  get series(): number {
    return this.offsets.length;
  }

  /** Begins a metric. */
  metric(name: string, type: 'counter' | 'gauge' | 'histogram'): void {
    this.write(`# TYPE ${name} ${type}\n`);
  }

  /** One series, whose line is complete but for its value. */
  add(name: string, labels: string, move: Move): void {
    this.write(labels === '' ? `${name} ` : `${name}{${labels}} `);
    this.offsets.push(this.length);
    this.moves.push(move);
    this.write(`${'0'.repeat(DIGITS)}\n`);
  }

  /** A histogram's series: its buckets, its sum and its count. */
  histogram(name: string, labels: string, buckets: string[]): void {
    const comma = labels === '' ? '' : ',';
    for (const le of buckets) this.add(`${name}_bucket`, `${labels}${comma}le="${le}"`, 'counter');
    this.add(`${name}_sum`, labels, 'counter');
    this.add(`${name}_count`, labels, 'counter');
  }

  /** The text for the next scrape: counters have grown, gauges wavered. The same memory each time: one scrape at a time. */
  next(): Buffer {
    const buffer = (this.buffer ??= Buffer.from(this.parts.splice(0).join(''), 'latin1'));
    const n = ++this.scrapes;
    for (let i = 0; i < this.offsets.length; i++) {
      const value = this.moves[i] === 'counter' ? 1_000 + n * (3 + (i % 97)) : this.moves[i] === 'gauge' ? 1_000 + ((n * 7 + i) % 50) : 1 + (i % 1_000);
      put(buffer, (this.offsets[i] ?? 0) + DIGITS, value);
    }
    return buffer;
  }

  private write(text: string): void {
    this.parts.push(text);
    this.length += text.length;
  }
}

/** Writes a whole number's digits before `end`; those further left are zeros already, for values only grow or keep their length. */
function put(buffer: Buffer, end: number, value: number): void {
  let at = end;
  for (let left = value; left > 0; left = Math.floor(left / 10)) buffer[--at] = ZERO + (left % 10);
}
