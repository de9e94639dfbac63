import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { requestsOf } from '../conform/answers.ts';
import { adviseService, judgeService } from '../conform/index.ts';
import { notJudged } from '../conform/not-judged.ts';
import { observe } from '../conform/observe/index.ts';
import { servicePromise } from '../conform/promise.ts';
import { probesOf } from '../conform/probes.ts';
import { routeOf, routesOfOpenApi, withoutMetrics } from '../conform/routes.ts';
import { HarnessError, messageOf } from '../lib/errors.ts';
import { createProgress } from '../lib/progress.ts';
import type { RoutePlan } from '../model/conform.ts';
import { defaultCacheDir, ensureCache } from '../programs/index.ts';
import { conformExitCode, conformJson, conformText } from '../report/conform.ts';
import { readStack } from '../stack/index.ts';
import { permittedTarget } from './capacity/options.ts';
import { readFolder } from '../stack/folder.ts';
import type { Output } from './output.ts';
import { PROJECT_DIR } from './paths.ts';
import { answerOf } from '../lib/http.ts';
import type { Answered } from '../lib/http.ts';

export interface ConformOptions {
  url: string;
  /** The job of the contract that the service is. */
  as: string;
  stack?: string;
  /**
   * Templates of routes, or an OpenAPI document; without either the service is asked for its own.
   */
  routes: string[];
  openapi?: string;
  metricsPath: string;
  /** How many unknown paths and ids are asked. */
  probes: number;
  iMayLoad?: string;
  format: 'text' | 'json';
  verbose: boolean;
}

/** Where a service of FastAPI tells its routes by itself. */
const OPENAPI_PATH = '/openapi.json';
const TIMEOUT_MS = 10_000;

/**
 * `npm run conform`: holds a running service against the contract.
 * @returns 0 it keeps it, 1 findings, 2 not all of it could be judged; thrown: nothing of it
 */
export async function conform(
  options: ConformOptions,
  output: Output,
  signal: AbortSignal,
): Promise<0 | 1 | 2> {
  const url = permittedTarget(options.url, options.iMayLoad);
  const dir = resolve(options.stack ?? join(PROJECT_DIR, 'stack'));
  const promise = servicePromise(readStack(await readFolder(dir)), options.as);
  const routes = await routesOf(options, url, signal);
  const probes = probesOf(routes, Math.random, options.probes);
  const progress = createProgress({ stream: output.stream, quiet: output.quiet });
  try {
    const { k6 } = await ensureCache({
      cacheDir: defaultCacheDir(),
      onProgress: progress.line,
      signal,
    });
    const script = join(PROJECT_DIR, 'scenarios', 'conform.ts');
    const { phase } = progress;
    const { metricsPath } = options;
    const evidence = await observe(
      { k6, script, url, metricsPath, routes, probes, phase, signal },
      promise,
    );
    progress.stop();
    const result = {
      job: options.as,
      url: url.href,
      metrics: promise.metrics.length,
      routes: routes.length,
      requests: requestsOf([...routes, ...evidence.probes]),
      findings: judgeService(evidence, promise),
      advice: adviseService(evidence, promise),
      notJudged: notJudged(evidence),
    };
    const text = { color: output.color, width: output.width, verbose: options.verbose };
    output.print(
      options.format === 'json' ? conformJson(result).trimEnd() : conformText(result, text),
    );
    return conformExitCode(result);
  } finally {
    progress.stop();
  }
}

/** The routes that are asked: named ones, or those of an OpenAPI document. */
async function routesOf(
  options: ConformOptions,
  url: URL,
  signal: AbortSignal,
): Promise<RoutePlan[]> {
  const found = withoutMetrics(await namedRoutes(options, url, signal), url, options.metricsPath);
  if (found.length > 0) return found;
  throw new HarnessError(
    'no route is known that could be asked',
    'Name some: --route /api/users/:id, several times for several; or a file: --openapi FILE.',
  );
}

async function namedRoutes(
  { routes, openapi }: ConformOptions,
  url: URL,
  signal: AbortSignal,
): Promise<RoutePlan[]> {
  if (routes.length > 0) return routes.map(routeOf);
  if (openapi !== undefined) return routesOfOpenApi(await parsedFile(openapi), openapi);
  const { ok, body } = await ownOpenApi(url, signal);
  try {
    return ok ? routesOfOpenApi(JSON.parse(body), OPENAPI_PATH) : [];
  } catch {
    return [];
  }
}

/** @throws HarnessError when nobody answers */
async function ownOpenApi(url: URL, signal: AbortSignal): Promise<Answered> {
  const asked = new URL(OPENAPI_PATH, url);
  try {
    return await answerOf(asked, { signal, timeoutMs: TIMEOUT_MS });
  } catch (error) {
    signal.throwIfAborted();
    throw new HarnessError(
      `${url.href} doesn't answer: it was asked for its routes (${asked.pathname}): ${whyNot(error)}`,
      'Start the service, or correct its address; where it answers other paths, name some: --route.',
    );
  }
}

/** Node tells why in the cause: "fetch failed" is no reason. */
function whyNot(error: unknown): string {
  return messageOf(error instanceof TypeError && error.cause ? error.cause : error);
}

/** @throws HarnessError when the file can't be read */
async function parsedFile(file: string): Promise<unknown> {
  try {
    return parse(await readFile(resolve(file), 'utf8'), { maxAliasCount: 0 });
  } catch (error) {
    throw new HarnessError(
      `${file} can't be read: ${messageOf(error)}`,
      'Name an OpenAPI document, in JSON or YAML.',
    );
  }
}
