import { Refused } from './http.ts';

/** Prometheus's answers to a query that it can't read, and to one that it can't evaluate. */
const REFUSED = [400, 422];

/** Whether Prometheus itself said that a query is none, or gives no result. */
export function isRefusedQuery(error: unknown): boolean {
  return error instanceof Refused && REFUSED.includes(error.status);
}

/**
 * The answer to a query; null where Prometheus refused it.
 * @throws whatever else went wrong: who doesn't answer has refused nothing
 */
export async function unlessRefused<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (isRefusedQuery(error)) return null;
    throw error;
  }
}
