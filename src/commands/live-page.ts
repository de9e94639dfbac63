import type { Server } from 'node:net';
import type { Plan } from '../model/plan.ts';
import { valueExpr } from '../plan/value-expr.ts';
import { syntaxError } from '../promql/tree.ts';
import { livePage, livePolicy } from '../report/html/live/page.ts';
import type { OwnPage } from '../report/html/live/page.ts';
import { forward } from '../run/live/forward.ts';
import { serveSite } from '../run/live/site/index.ts';
import { socketPath } from '../run/live/sockets.ts';
import { speedUpExpr } from '../speedup/promql.ts';
import { reportAssets } from './report-assets.ts';
import { answerOf } from '../lib/http.ts';

/** What people look at, by the component behind it, and the port that it usually has. */
const LOOKED_AT: Record<string, { name: string; port: number }> = {
  prometheus: { name: 'Prometheus', port: 9090 },
  alertmanager: { name: 'Alertmanager', port: 9093 },
};
const SITE_PORT = 8025;
const PROBE_MS = 2_000;

/** A program of the stack as it is reached from here. */
export interface Reached {
  name: string;
  /** `http://127.0.0.1:9090`. */
  url: string;
  /** Where the stack calls it. */
  host: string;
  /** Whether it has a page to look at: Debian's programs answer questions only. */
  hasPage: boolean;
}

/** Where everything of a stack that is up is, from here. */
export interface Places {
  /** The page of the stack, with the key that its buttons need. */
  site: string;
  programs: Reached[];
}

/**
 * Opens ports on loopback to what people look at, and serves the stack's own page on another.
 * @param status how it goes, in words
 * @param servers gets what listens, to be closed by the caller
 */
export async function openPlaces(
  plan: Plan,
  runDir: string,
  status: () => string,
  servers: Server[],
): Promise<Places> {
  const [programs, assets] = await Promise.all([
    reach(plan, runDir, servers),
    reportAssets('live.ts'),
  ]);
  const ownPages: OwnPage[] = programs.filter(({ hasPage }) => hasPage);
  const { stackName, speed } = plan;
  const site = await serveSite(
    {
      page: livePage({ stackName, speed, ownPages, assets }),
      policy: livePolicy(assets),
      ...{ runDir, plan, status },
      prometheus: programs.find(({ name }) => name === 'Prometheus')?.url ?? '',
      valueExprOf: (alert) => {
        const rule = plan.rules[alert];
        return rule ? valueExpr(rule.expr) : null;
      },
      translate: (query) => inRunTime(query, speed),
    },
    SITE_PORT,
    servers,
  );
  return { site, programs };
}

async function reach(plan: Plan, runDir: string, servers: Server[]): Promise<Reached[]> {
  const programs: Reached[] = [];
  for (const { component, name: job, target } of plan.jobs) {
    const looked = LOOKED_AT[component];
    if (!looked) continue;
    const port = await forward(socketPath(runDir, job), looked.port, servers);
    const url = `http://127.0.0.1:${port}`;
    programs.push({ name: looked.name, url, host: target, hasPage: await hasPage(url) });
  }
  return programs;
}

/** Whether there is more than a note that there is no page: one that does anything has a script. */
async function hasPage(url: string): Promise<boolean> {
  try {
    const response = await answerOf(url, { timeoutMs: PROBE_MS });
    return response.ok && response.body.includes('<script');
  } catch {
    return false;
  }
}

/**
 * A query with the run's durations. One that doesn't parse, or means the real clock, is asked as it
 * is: Prometheus says what is wrong with it, and the page shows what was asked.
 */
function inRunTime(query: string, speed: number): string {
  if (syntaxError(query) !== undefined) return query;
  const { expr, problem } = speedUpExpr(query, speed);
  return problem === undefined ? expr : query;
}
