import { z } from 'zod';
import type { RoutePlan } from '../model/conform.ts';
import { InputError } from '../lib/errors.ts';
import { PARAMETER, hasParameter, plainTemplate } from './samples.ts';

/** Requests to each route: enough for quantiles, quickly done. */
const REQUESTS = 100;
/** Ids that a route's parameter takes. */
const IDS = 20;

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

/**
 * Those routes that aren't the metrics themselves: what is counted of them grows with each look.
 * @param url below which routes are asked; the path of the metrics begins at its host
 */
export function withoutMetrics(routes: RoutePlan[], url: URL, metricsPath: string): RoutePlan[] {
  const base = url.pathname.replace(/\/$/, '');
  const metrics = plainTemplate(new URL(metricsPath, url).pathname);
  return routes.filter(({ template }) => plainTemplate(base + (template ?? '')) !== metrics);
}

/** A route by its template, in whatever way parameters are written: `:id`, `{id}`, `<id>`. */
export function routeOf(template: string): RoutePlan {
  const paths = hasParameter(template)
    ? Array.from({ length: IDS }, (_, id) => template.replace(PARAMETER, String(id + 1)))
    : [template];
  return { method: 'GET', paths, template, requests: REQUESTS };
}
