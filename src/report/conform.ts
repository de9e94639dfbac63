import type { LiveFinding } from '../model/attach.ts';
import type { NotJudged } from '../model/conform.ts';
import { findingGroups } from './finding-groups.ts';
import type { FindingGroupsOptions } from './finding-groups.ts';
import { notJudgedLines } from './not-judged.ts';
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
  /** What couldn't be judged, and why. */
  notJudged: NotJudged[];
}

/** 0 it keeps its contract, 1 it doesn't, 2 not all of it could be judged. */
export function conformExitCode({
  findings,
  notJudged,
}: Pick<ConformResult, 'findings' | 'notJudged'>): 0 | 1 | 2 {
  if (findings.length > 0) return 1;
  return notJudged.length > 0 ? 2 : 0;
}

/** For people: what is wrong, and in one line what was looked at. */
export function conformText(result: ConformResult, options: FindingGroupsOptions): string {
  const { job, url, metrics, routes, requests, findings, advice, notJudged } = result;
  const looked = `${count(metrics, 'metric')}, ${count(routes, 'route')}, ${count(requests, 'request')}`;
  const width = proseWidth(options.width);
  return [
    ...findingGroups([...findings, ...advice], options),
    [
      ...notJudgedLines(notJudged, width),
      ...wrap(`${job} at ${url}: ${outcome(result)}; ${looked}`, width).map(
        colors(options.color).bold,
      ),
    ].join('\n'),
  ].join('\n\n');
}

function outcome(result: ConformResult): string {
  const { findings } = result;
  const words = {
    0: 'keeps its contract',
    1: count(findings.length, 'error'),
    2: 'could not be judged in all',
  };
  return words[conformExitCode(result)];
}

/** For machines; keys always in the same order. */
export function conformJson(result: ConformResult): string {
  return `${JSON.stringify({ schemaVersion: 1, ...result }, null, 2)}\n`;
}
