import type { MetricType } from '../../../model/contract.ts';

/** Every value is written in so many digits, so that it can be changed where it stands. */
const DIGITS = 12;
const ZERO = 48;

/**
 * How a value moves from one scrape to the next. All series of a histogram grow alike: its
 * observations are all quick ones.
 */
export type Move = 'counter' | 'bucket' | 'gauge' | 'constant' | 'one' | 'zero';

/** Buckets of the histograms, s. */
export const BUCKETS = [
  '0.005',
  '0.01',
  '0.025',
  '0.05',
  '0.1',
  '0.25',
  '0.5',
  '0.75',
  '1',
  '1.5',
  '2.5',
  '5',
  '10',
  '+Inf',
];

/**
 * A metrics text that is made once, and whose values move: putting a hundred thousand series
 * together anew for each scrape would keep the exporter from answering. Only the digits change.
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
  metric(name: string, type: MetricType): void {
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
    for (const le of buckets) this.add(`${name}_bucket`, `${labels}${comma}le="${le}"`, 'bucket');
    this.add(`${name}_sum`, labels, 'bucket');
    this.add(`${name}_count`, labels, 'bucket');
  }

  /**
   * The text for the next scrape: counters have grown, gauges wavered. The same memory each time:
   * one scrape at a time.
   */
  next(): Buffer {
    const buffer = (this.buffer ??= Buffer.from(this.parts.splice(0).join(''), 'latin1'));
    const n = ++this.scrapes;
    for (let i = 0; i < this.offsets.length; i++) {
      put(buffer, (this.offsets[i] ?? 0) + DIGITS, valueOf(this.moves[i] ?? 'one', n, i));
    }
    return buffer;
  }

  private write(text: string): void {
    this.parts.push(text);
    this.length += text.length;
  }
}

/** A series' value at the n-th scrape; `i` makes the series differ. */
export function valueOf(move: Move, n: number, i: number): number {
  switch (move) {
    case 'counter':
      return 1_000 + n * (3 + (i % 97));
    case 'bucket':
      return 1_000 + n * 5;
    case 'gauge':
      return 1_000 + ((n * 7 + i) % 50);
    case 'constant':
      return 1 + (i % 1_000);
    case 'one':
      return 1;
    case 'zero':
      return 0;
  }
}

/**
 * Writes a whole number's digits before `end`; those further left are zeros already, for values
 * only grow or keep their length.
 */
function put(buffer: Buffer, end: number, value: number): void {
  let at = end;
  for (let left = value; left > 0; left = Math.floor(left / 10)) buffer[--at] = ZERO + (left % 10);
}
