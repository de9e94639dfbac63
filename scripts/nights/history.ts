import { z } from 'zod';
import { HarnessError, messageOf } from '../../src/lib/errors.ts';
import type { Night } from './figures.ts';

/** Lines that are kept: those of a year would only be read and never compared. */
const KEPT = 100;

const night = z.object({
  schemaVersion: z.literal(1),
  runId: z.string(),
  stackName: z.string(),
  speed: z.number(),
  figures: z.record(z.string(), z.number()),
});

/**
 * The nights of a history file (JSON lines), oldest first.
 * @throws HarnessError that names the line that is none
 */
export function readHistory(text: string, path: string): Night[] {
  return text.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return [];
    try {
      return [night.parse(JSON.parse(line))];
    } catch (cause) {
      throw new HarnessError(
        `${path}:${i + 1} is no night: ${messageOf(cause).split('\n')[0] ?? ''}`,
        'Remove the line, or begin a new history.',
        { cause },
      );
    }
  });
}

/**
 * The history with one more night at its end; a run that is judged again takes the place of its
 * first judgement.
 */
export function addNight(history: Night[], tonight: Night): string {
  return [...history.filter((n) => n.runId !== tonight.runId), tonight]
    .slice(-KEPT)
    .map((n) => `${JSON.stringify(n)}\n`)
    .join('');
}

/** The history without these figures: what is usual of them has to be learnt anew. */
export function forget(history: Night[], names: string[]): Night[] {
  return history.map((n) => ({
    ...n,
    figures: Object.fromEntries(
      Object.entries(n.figures).filter(([name]) => !names.includes(name)),
    ),
  }));
}
