import { formatDuration } from '../../lib/duration.ts';
import type { Reading } from './assertion.ts';
import type { Course } from './courses.ts';
import type { Promised } from './promised.ts';

/**
 * What must be read of an alert in a course; undefined where the contract says nothing of it, or it
 * isn't looked at.
 */
export function readingOf(
  { name, reads }: Promised,
  { readAtMs }: Course,
  labels: Record<string, string>,
  nextId: () => number,
): Reading | undefined {
  if (!reads || readAtMs === undefined) return undefined;
  return {
    id: nextId(),
    alert: name,
    says: `read as promised at ${formatDuration(readAtMs)}`,
    atMs: readAtMs,
    labels,
    annotations: Object.fromEntries(
      Object.entries(reads).map(([key, text]) => [
        key,
        filled(text, { ...labels, alertname: name }),
      ]),
    ),
  };
}

/** A text with `$job` and other labels in their places. */
function filled(text: string, labels: Record<string, string>): string {
  return text.replace(/\$(\w+)/g, (all, label: string) => labels[label] ?? all);
}
