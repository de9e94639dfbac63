import { messageOf } from '../../lib/errors.ts';
import type { Answer, NoAnswer, Question } from '../../model/attach.ts';
import type { Credentials } from './credentials.ts';
import { parsed } from './reasons.ts';
import { read } from './request.ts';
import { Unanswered } from './unanswered.ts';

/**
 * How many questions are on their way at once: a system that belongs to somebody has other work to
 * do.
 */
const AT_ONCE = 2;

export interface Reader {
  /** Asks questions, a few at a time; each gets its answer, in their order. */
  ask: (questions: Question[]) => Promise<Answer[]>;
  /** How many requests were sent so far. */
  requests: () => number;
}

/** @param bases where each program answers; what has none is answered with an error */
export function createReader(
  bases: Partial<Record<Question['of'], URL>>,
  credentials: Credentials,
  options: { timeoutMs: number; signal: AbortSignal },
): Reader {
  let sent = 0;
  const one = async ({ of, path, parameters }: Question): Promise<Answer> => {
    const base = bases[of];
    if (!base) return { error: `no address of ${of} was named` };
    sent++;
    try {
      return { body: parsed(await read(base, path, parameters, { credentials, ...options })) };
    } catch (error) {
      options.signal.throwIfAborted();
      return noAnswer(error);
    }
  };
  return {
    requests: () => sent,
    ask: async (questions) => {
      const answers: Answer[] = [];
      let next = 0;
      const worker = async (): Promise<void> => {
        for (let i = next++; i < questions.length; i = next++) {
          const question = questions[i];
          if (question) answers[i] = await one(question);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      return answers;
    },
  };
}

function noAnswer(error: unknown): NoAnswer {
  const { mend, refusal } = error instanceof Unanswered ? error : {};
  return { error: messageOf(error), ...(mend === undefined ? {} : { mend }), ...refusal };
}
