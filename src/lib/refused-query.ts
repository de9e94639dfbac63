import { Refused } from './http.ts';

/**
 * Whether an answer with this status says that it is the query that can't be answered, and not who
 * was asked (HTTP API, "Format overview": 400 for what can't be read, 422 for what can't be
 * executed).
 */
export function isOfTheQuery(status: number): boolean {
  return status === 400 || status === 422;
}

/** Whether Prometheus itself said that a query is none, or gives no result. */
export function isRefusedQuery(error: unknown): boolean {
  return error instanceof Refused && isOfTheQuery(error.status);
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
