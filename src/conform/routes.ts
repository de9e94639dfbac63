import { z } from 'zod';
import type { RoutePlan } from '../model/conform.ts';
import { InputError } from '../lib/errors.ts';
import { PARAMETER } from './samples.ts';

/** Requests to each route: enough for quantiles, quickly done. */
const REQUESTS = 100;
/** Ids that a route's parameter takes. */
const IDS = 20;
/** How many paths and ids that nobody can know are asked, unless another number is named. */
export const PROBES = 10_000;

const document = z.object({
  openapi: z.string(),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
});

/**
 * The routes of a service by its OpenAPI document. Only what reads is asked (GET): nobody knows
 * what the others do.
 * @throws InputError when it is no such document
 */
export function routesOfOpenApi(data: unknown, file: string): RoutePlan[] {
  const parsed = document.safeParse(data);
  if (!parsed.success)
    throw new InputError([
      {
        source: { file, line: 1, column: 1 },
        message: 'this is no OpenAPI document',
        expected: 'a map with `openapi` and `paths`',
      },
    ]);
  return Object.entries(parsed.data.paths)
    .filter(([, operations]) => 'get' in operations)
    .map(([template]) => routeOf(template));
}

/** A route by its template, in whatever way parameters are written: `:id`, `{id}`, `<id>`. */
export function routeOf(template: string): RoutePlan {
  const paths = hasParameter(template)
    ? Array.from({ length: IDS }, (_, id) => template.replace(PARAMETER, String(id + 1)))
    : [template];
  return { method: 'GET', paths, template, requests: REQUESTS };
}

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

function hasParameter(template: string): boolean {
  return template.search(PARAMETER) >= 0;
}
