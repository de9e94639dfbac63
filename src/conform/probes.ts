import type { RoutePlan } from '../model/conform.ts';
import { PARAMETER, hasParameter } from './samples.ts';

/** How many paths and ids that nobody can know are asked, unless another number is named. */
export const PROBES = 10_000;

/**
 * What nobody can know: random paths, and ids behind each route that takes one.
 * @param random from 0 to 1, so that a test gets the same again
 * @param count how many in all
 */
export function probesOf(
  routes: RoutePlan[],
  random: () => number,
  count: number = PROBES,
): RoutePlan[] {
  const word = (): string => random().toString(36).slice(2, 10);
  const share = Math.ceil(count / 2);
  const unknown = Array.from({ length: share }, () => `/${word()}/${word()}`);
  const withIds = routes.filter(({ template }) => hasParameter(template ?? ''));
  const ids = withIds.flatMap(({ template }) =>
    Array.from({ length: Math.floor(share / withIds.length) }, () =>
      (template ?? '').replace(PARAMETER, word),
    ),
  );
  return [unknown, ids]
    .filter((paths) => paths.length > 0)
    .map((paths) => ({ method: 'GET', paths, template: null, requests: paths.length }));
}
