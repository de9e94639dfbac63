import type { SourceRef } from '../model/source.ts';

/** One thing that is wrong with the input: where, what, and what was expected. */
export interface InputProblem {
  source: SourceRef;
  message: string;
  /** What to write instead. */
  expected: string;
}

/**
 * All problems of the input at once. The command prints each with file:line and exits 2; nothing
 * was started.
 */
export class InputError extends Error {
  override name = 'InputError';
  readonly problems: InputProblem[];
  constructor(problems: InputProblem[]) {
    super(
      problems
        .map(
          (p) =>
            `${p.source.file}:${p.source.line}:${p.source.column}: ${p.message} (expected ${p.expected})`,
        )
        .join('\n'),
    );
    this.problems = problems;
  }
}

/**
 * The harness couldn't do its job (a missing tool, a component that died): what happened, why, and
 * what to do. Exit code 2.
 */
export class HarnessError extends Error {
  override name = 'HarnessError';
  /** What the reader can do about it. */
  readonly advice: string;
  constructor(message: string, advice: string, options?: { cause?: unknown }) {
    super(message, options);
    this.advice = advice;
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The message of anything that was thrown, and what to do about it, where that is known. */
export function messageAndAdvice(error: unknown): string {
  const advice = error instanceof HarnessError ? error.advice : '';
  return [messageOf(error), advice].filter(Boolean).join('. ');
}

/** The first line of its message: programs tell the rest to those who mend them. */
export function firstLineOf(error: unknown): string {
  return messageOf(error).split('\n')[0] ?? '';
}
