import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { nameOf } from '../../src/model/expectation-kinds.ts';
import type { Judgement } from '../../src/model/verdict.ts';
import { row } from './print.ts';
import { countProcessorTime } from './processor-time.ts';
import type { ProcessorTime } from './processor-time.ts';
import { processorTable, timeTable } from './where.ts';
import type { Called } from './where.ts';

/** What is aimed at on two quiet cores. */
const LIMITS = { warmS: 40, coldS: 70, ratio: 1.15, judgeS: 2, processorS: 60 };
const cli = (args: string[], env: Record<string, string> = {}) =>
  execa(process.execPath, ['scripts/gtv.js', ...args], {
    reject: false,
    env: { NO_COLOR: '1', ...env },
  });

interface Timed extends Called {
  seconds: number;
  processors: ProcessorTime;
  judgement: Judgement;
  runDir: string;
}

/** One whole verify in a runs folder of its own. */
async function timedVerify(env: Record<string, string> = {}): Promise<Timed> {
  const runs = mkdtempSync(join(tmpdir(), 'gtv-bench-'));
  const startedAt = Date.now();
  const running = cli(['verify', '--quiet'], { GTV_RUNS: runs, ...env });
  const counted = countProcessorTime(running.pid ?? 0);
  const result = await running;
  const processors = counted.stop();
  const endedAt = Date.now();
  const name = readdirSync(runs)[0];
  if (name === undefined) throw new Error(`no run: ${result.stderr}`);
  const runDir = join(runs, name);
  return {
    seconds: (endedAt - startedAt) / 1000,
    ...{ startedAt, endedAt, processors, runDir },
    judgement: JSON.parse(readFileSync(join(runDir, 'report.json'), 'utf8')) as Judgement,
  };
}

const figures = (j: Judgement): string =>
  `${j.counts.pass} passed, ${j.counts.fail} failed, ${j.counts.inconclusive} inconclusive`;

/** Time of a first run with an empty cache. */
export async function benchCold(): Promise<void> {
  const cold = await timedVerify({ GTV_CACHE: mkdtempSync(join(tmpdir(), 'gtv-cold-')) });
  row(
    'verify, empty cache',
    `${cold.seconds.toFixed(1)} s`,
    `at most ${LIMITS.coldS} s; ${figures(cold.judgement)}`,
  );
}

/**
 * Time of a whole verify, against its own critical path, where it and the processors' went, and of
 * judging it again.
 */
export async function benchWarm(): Promise<void> {
  const warm = await timedVerify();
  row(
    `verify, warm cache, speed ${warm.judgement.speed}`,
    `${warm.seconds.toFixed(1)} s`,
    `at most ${LIMITS.warmS} s; ${figures(warm.judgement)}`,
  );
  row(
    'wall time / critical path',
    (warm.judgement.wallMs / warm.judgement.criticalPathMs).toFixed(3),
    `at most ${LIMITS.ratio}`,
  );
  row(
    "the processors' time",
    `${warm.processors.totalSeconds.toFixed(1)} s`,
    `at most ${LIMITS.processorS} s`,
  );
  process.stdout.write(`\n${timeTable(warm.runDir, warm)}\n\n`);
  process.stdout.write(`${processorTable(warm.processors)}\n\n`);
  const started = Date.now();
  const judged = await cli(['judge', warm.runDir]);
  row(
    'judge, stored evidence',
    `${((Date.now() - started) / 1000).toFixed(2)} s`,
    `at most ${LIMITS.judgeS} s; exit ${judged.exitCode ?? -1}`,
  );
}

/** Verifies one after the other while a process that does nothing but count keeps one core busy. */
export async function benchBusy(runs: number): Promise<void> {
  const hog = execa(process.execPath, ['-e', 'for (;;);'], { reject: false });
  try {
    const outcomes: string[] = [];
    for (let i = 1; i <= runs; i++) {
      const busy = await timedVerify();
      outcomes.push(busy.judgement.outcome);
      row(
        `verify on a busy machine, ${i} of ${runs}`,
        `${busy.seconds.toFixed(1)} s`,
        `${figures(busy.judgement)}${
          busy.judgement.outcome === 'pass'
            ? ''
            : `: ${busy.judgement.verdicts
                .filter((v) => v.outcome !== 'pass')
                .map(
                  (v) =>
                    `${nameOf(v.expectation)}: ${v.finding?.seen ?? ''} (${v.finding?.likelyCause ?? ''})`,
                )
                .join('; ')}`
        }`,
      );
    }
    row(
      'on a busy machine',
      `${outcomes.filter((o) => o === 'pass').length} / ${runs}`,
      'passed; no fail, at most one inconclusive in ten',
    );
  } finally {
    hog.kill('SIGKILL');
    await hog;
  }
}
