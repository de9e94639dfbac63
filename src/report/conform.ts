import type { LiveFinding } from '../model/attach.ts';
import { findingGroups } from './finding-groups.ts';
import type { FindingGroupsOptions } from './finding-groups.ts';
import { colors, count, proseWidth, wrap } from './text.ts';

/** What was done to a service, and what was found. */
export interface ConformResult {
  job: string;
  url: string;
  metrics: number;
  routes: number;
  requests: number;
  findings: LiveFinding[];
  /** What breaks no promise and is worth a word. */
  advice: LiveFinding[];
}

/** For people: what is wrong, and in one line what was looked at. */
export function conformText(result: ConformResult, options: FindingGroupsOptions): string {
  const { job, url, metrics, routes, requests, findings, advice } = result;
  const found = findings.length === 0 ? 'keeps its contract' : count(findings.length, 'error');
  const looked = `${count(metrics, 'metric')}, ${count(routes, 'route')}, ${count(requests, 'request')}`;
  return [
    ...findingGroups([...findings, ...advice], options),
    wrap(`${job} at ${url}: ${found}; ${looked}`, proseWidth(options.width))
      .map(colors(options.color).bold)
      .join('\n'),
  ].join('\n\n');
}

/** For machines; keys always in the same order. */
export function conformJson(result: ConformResult): string {
  return `${JSON.stringify({ schemaVersion: 1, ...result }, null, 2)}\n`;
}
