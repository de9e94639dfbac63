import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { execa } from 'execa';
import type { Plan } from '../../../model/plan.ts';
import { HarnessError, messageOf } from '../../../lib/errors.ts';
import { valueOf } from './exposition.ts';
import { jobSeries } from './job-text.ts';
import type { JobSeries } from './job-text.ts';

/** One series with what Prometheus adds to it. */
interface Line extends Pick<JobSeries, 'move'> {
  /** Everything up to the value. */
  text: string;
}

export interface HistoryOptions {
  plan: Plan;
  /** Where Prometheus's data will be. */
  dataDir: string;
  /** Where the text lies meanwhile. */
  dir: string;
  /** Epoch ms. */
  fromMs: number;
  toMs: number;
  intervalMs: number;
  signal: AbortSignal;
}

/**
 * Makes Prometheus's own blocks of some hours of the stack's metrics, by promtool, so that a
 * dashboard's range isn't empty: each metric of the contract at its largest, and `up`.
 * @throws HarnessError when promtool doesn't take it
 */
export async function makeHistory({
  plan,
  dataDir,
  dir,
  fromMs,
  toMs,
  intervalMs,
  signal,
}: HistoryOptions): Promise<void> {
  const file = join(dir, 'history.txt');
  await mkdir(dataDir, { recursive: true });
  await pipeline(
    Readable.from(texts(linesOf(plan), fromMs, toMs, intervalMs)),
    createWriteStream(file),
    { signal },
  );
  try {
    await execa(
      '/usr/bin/promtool',
      ['tsdb', 'create-blocks-from', 'openmetrics', '--quiet', file, dataDir],
      { cancelSignal: signal, stdin: 'ignore' },
    );
  } catch (cause) {
    signal.throwIfAborted();
    throw new HarnessError(
      `promtool made no blocks of the stack's history: ${messageOf(cause).split('\n').slice(-3).join(' ')}`,
      'Is there room for 1 GB in the run folder? Else run `npm run fetch -- --fresh`.',
      { cause },
    );
  } finally {
    await rm(file, { force: true });
  }
}

function linesOf({ jobs, metrics }: Plan): Line[] {
  return jobs.flatMap(({ name, target }) => {
    const where = `job="${name}",instance="${target}"`;
    const own = jobSeries(name, metrics).flatMap(({ series }) => series);
    return [
      { text: `up{${where}} `, move: 'one' as const },
      ...own.map((each): Line => ({
        text: `${each.name}{${where}${each.labels === '' ? '' : `,${each.labels}`}} `,
        move: each.move,
      })),
    ];
  });
}

/** All series at one moment after the other, in the OpenMetrics form. */
function* texts(
  lines: Line[],
  fromMs: number,
  toMs: number,
  intervalMs: number,
): Generator<string> {
  for (let n = 0, at = fromMs; at <= toMs; n++, at += intervalMs) {
    const time = (at / 1000).toFixed(3);
    yield lines.map(({ text, move }, i) => `${text}${valueOf(move, n, i)} ${time}\n`).join('');
  }
  yield '# EOF\n';
}
