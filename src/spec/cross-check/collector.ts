import type { InputProblem } from '../../lib/errors.ts';
import type { SourceRef } from '../../model/source.ts';
import { oneOf } from '../issue-text.ts';

/** Collects what doesn't fit. */
export interface Collector {
  problems: InputProblem[];
  say: (source: SourceRef, message: string, expected: string) => void;
  /** A name that should be one of those; when they aren't known, nothing can be said. */
  known: (source: SourceRef, what: string, name: string, names: string[] | undefined) => void;
}

/** With nothing in it. */
export function collector(): Collector {
  const problems: InputProblem[] = [];
  const say: Collector['say'] = (source, message, expected) =>
    void problems.push({ source, message, expected });
  const known: Collector['known'] = (source, what, name, names) => {
    if (names && !names.includes(name)) say(source, `${what} \`${name}\``, oneOf(name, names));
  };
  return { problems, say, known };
}
