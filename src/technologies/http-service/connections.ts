import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { sleepFor } from '../../lib/wait.ts';
import { Truth } from '../truth.ts';
import { requests } from './request-metrics.ts';

/** How often the kernel is asked, ms. */
const EVERY_MS = 100;
/** Idle connections that are opened beside the load's. */
const IDLE = 12;
/**
 * They are held for so many scrapes each time, and for so long at least, ms: a number is compared
 * where it stood still around its scrape.
 */
const HOLD_SCRAPES = 4;
const HOLD_AT_LEAST_MS = 4_000;
/**
 * A busy service accepts a connection later than the kernel, and notices its end as late; the
 * kernel's table isn't read in one moment either, ms.
 */
const ACCEPTED_MS = 500;
/** A line of an established connection: its number, its local and its remote end, its state. */
const ESTABLISHED = /^ *\d+: (\S+) (\S+) 01(?= |$)/gm;

/** A service whose open connections are watched. */
export interface Watched {
  job: string;
  ip: string;
  port: number;
  /** How often Prometheus looks, run ms. */
  scrapeMs: number;
}

/**
 * What of the connections the kernel's table shows here: both ends, where the services are in the
 * same network namespace; or only the ends of the clients beside the harness, where they are in
 * containers of their own.
 */
export type View = 'both ends' | 'client ends';

/**
 * Prometheus holds one connection to a target while it scrapes it: the one over which the number is
 * read.
 */
const THE_SCRAPES_OWN = 1;

/**
 * Watches the services' open connections where nobody else can be wrong about them: in the kernel's
 * own table of sockets. Opens and closes some idle connections meanwhile, so that the number moves.
 */
export class ConnectionWatch {
  readonly truths: Truth[];
  private readonly watched: Watched[];
  private readonly view: View;
  private readonly stopped = new AbortController();
  private readonly idle: Socket[] = [];
  private readonly holdMs: number;
  private readFrom = 0;

  constructor(watched: Watched[], view: View) {
    this.watched = watched;
    this.view = view;
    this.holdMs = Math.max(
      HOLD_AT_LEAST_MS,
      ...watched.map(({ scrapeMs }) => HOLD_SCRAPES * scrapeMs),
    );
    this.truths = watched.map(({ job }) => {
      const known = "the kernel's table of sockets";
      const truth = new Truth(requests.connections, { job }, 'level', known, ACCEPTED_MS);
      if (view === 'client ends') truth.series.clientEnds = true;
      return truth;
    });
  }

  /** Begins to watch and to open and close; ends with its disposal. */
  start(): void {
    void this.watch().catch(() => undefined);
    void this.move().catch(() => undefined);
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.stopped.abort();
    for (const socket of this.idle.splice(0)) socket.destroy();
    return Promise.resolve();
  }

  private async watch(): Promise<void> {
    for (;;) {
      // The table is read while it changes: what it shows was so at some moment since the reading
      // began.
      const before = this.readFrom;
      this.readFrom = Date.now();
      const counts = connectionsIn(
        await readFile('/proc/net/tcp', 'utf8'),
        this.view === 'both ends' ? 'local' : 'remote',
      );
      const unseen = this.view === 'both ends' ? 0 : THE_SCRAPES_OWN;
      const now = Date.now();
      this.watched.forEach(({ ip, port }, i) =>
        this.truths[i]?.changed(before, now, (counts.get(`${ip}:${port}`) ?? 0) + unseen),
      );
      await sleepFor(EVERY_MS, this.stopped.signal);
    }
  }

  private async move(): Promise<void> {
    for (;;) {
      for (const { ip, port } of this.watched) {
        for (let i = 0; i < IDLE; i++) {
          const socket = connect(port, ip);
          // A service that is down refuses; one that is stopped takes them along.
          socket.on('error', () => undefined);
          this.idle.push(socket);
        }
      }
      await sleepFor(this.holdMs, this.stopped.signal);
      for (const socket of this.idle.splice(0)) socket.destroy();
      await sleepFor(this.holdMs, this.stopped.signal);
    }
  }
}

/**
 * Established connections by the address of one of their ends (the listening side's is local to it,
 * and remote to its clients), from /proc/net/tcp (addresses are hexadecimal, least byte first).
 */
export function connectionsIn(
  table: string,
  end: 'local' | 'remote' = 'local',
): Map<string, number> {
  const counts = new Map<string, number>();
  // The kernel hands its table out in pieces: a socket that moves meanwhile stands in two of them.
  const seen = new Set<string>();
  for (const [, local = '', remote = ''] of table.matchAll(ESTABLISHED)) {
    if (seen.has(`${local} ${remote}`)) continue;
    seen.add(`${local} ${remote}`);
    const [hex = '', port = ''] = (end === 'local' ? local : remote).split(':');
    const ip = (hex.match(/../g) ?? [])
      .reverse()
      .map((byte) => parseInt(byte, 16))
      .join('.');
    const key = `${ip}:${parseInt(port, 16)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}
