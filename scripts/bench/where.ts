import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Evidence } from '../../src/model/evidence.ts';
import { markdownTable } from '../markdown-table.ts';
import type { ProcessorTime } from './processor-time.ts';

/** When a command was called and had ended, epoch ms. */
export interface Called {
  startedAt: number;
  endedAt: number;
}

/** Where the time of a whole verify went: before its worlds, in each of them, and after. */
export function timeTable(runDir: string, called: Called): string {
  const worlds = [runDir, ...worldsBelow(runDir)].map((dir) => ({
    name: dir === runDir ? 'the world' : `beside it: ${dir.split('/').at(-1) ?? ''}`,
    evidence: JSON.parse(readFileSync(join(dir, 'evidence.json'), 'utf8')) as Evidence,
  }));
  const seconds = (ms: number): string => (ms / 1_000).toFixed(1);
  return markdownTable([
    ['where the time goes, seconds', 'before', 'start', 'tracks', 'end', 'judging'],
    ...worlds.map(({ name, evidence: { startedAt, endedAt, t0, wall } }) => {
      const begun = t0 ?? endedAt;
      const ended = begun + wall.tracksMs;
      return [
        name,
        seconds(startedAt - called.startedAt),
        ...[begun - startedAt, wall.tracksMs, endedAt - ended, called.endedAt - endedAt].map(
          seconds,
        ),
      ];
    }),
  ]);
}

function worldsBelow(runDir: string): string[] {
  const dir = join(runDir, 'worlds');
  return existsSync(dir) ? readdirSync(dir).map((name) => join(dir, name)) : [];
}

/** Which programs took the processors' time. */
export function processorTable({ byName, totalSeconds }: ProcessorTime): string {
  return markdownTable([
    ["where the processors' time goes, seconds", 'of 1', 'seconds'],
    ...byName.map(([name, seconds]) => [
      name,
      (seconds / totalSeconds).toFixed(2),
      seconds.toFixed(1),
    ]),
    ['all', '1.00', totalSeconds.toFixed(1)],
  ]);
}
