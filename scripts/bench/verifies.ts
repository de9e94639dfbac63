import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { nameOf } from '../../src/model/expectation-kinds.ts';
import type { Judgement } from '../../src/model/verdict.ts';
import { row } from './print.ts';

const LIMITS = { warmS: 90, coldS: 150, ratio: 1.25, judgeS: 2 };
const cli = (args: string[], env: Record<string, string> = {}) =>
  execa(process.execPath, ['--import', 'tsx', 'src/cli.ts', ...args], {
    reject: false,
    env: { NO_COLOR: '1', ...env },
  });

interface Timed {
  seconds: number;
  judgement: Judgement;
  runDir: string;
}

/** One whole verify in a runs folder of its own. */
async function timedVerify(env: Record<string, string> = {}): Promise<Timed> {
  const runs = mkdtempSync(join(tmpdir(), 'gtv-bench-'));
  const started = Date.now();
  const result = await cli(['verify', '--quiet'], { GTV_RUNS: runs, ...env });
  const seconds = (Date.now() - started) / 1000;
  const name = readdirSync(runs)[0];
  if (name === undefined) throw new Error(`no run: ${result.stderr}`);
  const runDir = join(runs, name);
  return {
    seconds,
    runDir,
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

/** Time of a whole verify, against its own critical path, and of judging it again. */
export async function benchWarm(): Promise<void> {
  const warm = await timedVerify();
  row(
    'verify, warm cache, speed 60',
    `${warm.seconds.toFixed(1)} s`,
    `at most ${LIMITS.warmS} s; ${figures(warm.judgement)}`,
  );
  row(
    'wall time / critical path',
    (warm.judgement.wallMs / warm.judgement.criticalPathMs).toFixed(3),
    `at most ${LIMITS.ratio}`,
  );
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
