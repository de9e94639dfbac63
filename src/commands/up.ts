import type { Server } from 'node:net';
import { basename, join, resolve } from 'node:path';
import { createProgress } from '../lib/progress.ts';
import type { Progress } from '../lib/progress.ts';
import { ENDED } from '../model/evidence.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Plan } from '../model/plan.ts';
import { makePlan } from '../plan/index.ts';
import type { RunEvent } from '../run/events.ts';
import { executePlan } from '../run/index.ts';
import { checkHost, defaultCacheDir, ensureCache } from '../programs/index.ts';
import { readSpec } from '../spec/index.ts';
import { removeLeftovers } from './down.ts';
import { openPlaces } from './live-page.ts';
import type { Places } from './live-page.ts';
import { liveRuns } from './live-runs.ts';
import { newRun } from './new-run.ts';
import type { Output } from './output.ts';
import { PROJECT_DIR, runsDir } from './paths.ts';
import { checkMountable, checkSpace } from './space.ts';
import { HarnessError } from '../lib/errors.ts';

export interface UpOptions {
  /** The stack's folder; this project's own by default. */
  stack?: string;
  speed: number;
}

/**
 * Brings the stack up and keeps it, with an ordinary day of load, until it is interrupted or `npm
 * run down` ends it.
 * @returns 0 when it was ended on purpose, 2 when something in it ended by itself
 * @throws HarnessError when it doesn't come up, or is up already
 */
export async function up(options: UpOptions, output: Output, signal: AbortSignal): Promise<0 | 2> {
  const stackDir = resolve(options.stack ?? join(PROJECT_DIR, 'stack'));
  const nothing = { wants: () => false, text: 'nothing' };
  const plan = makePlan(await readSpec(stackDir), basename(stackDir), options.speed, nothing);
  const other = (await liveRuns())[0];
  if (other)
    throw new HarnessError(
      `a stack is up already (${other.runDir})`,
      'End it with `npm run down`, or make an alert happen with `npm run provoke -- NAME`.',
    );
  checkMountable(runsDir());
  await Promise.all([checkHost(), checkSpace(runsDir())]);
  await removeLeftovers();
  const progress = createProgress({ stream: output.stream, quiet: output.quiet });
  const servers: Server[] = [];
  try {
    const programs = await ensureCache({
      cacheDir: defaultCacheDir(),
      onProgress: (line) => progress.line(line),
      signal,
    });
    const { runId, runDir } = await newRun({ stackDir, speed: options.speed, live: true });
    const watched = watchUp(progress, output, (status) => {
      void openPlaces(plan, runDir, status, servers).then(
        (places) => output.print(greeting(places, plan)),
        (error: unknown) => output.error(String(error)),
      );
    });
    const evidence = await executePlan(plan, {
      runId,
      runDir,
      programs,
      signal,
      live: true,
      onEvent: watched.onEvent,
    });
    progress.stop();
    output.print(
      `The stack is down: ${evidence.interruption?.detail ?? 'it ended'}. Its logs are in ${join(runDir, 'logs')}.`,
    );
    return watched.wasUp() ? exitCodeOfEnd(evidence) : 2;
  } finally {
    progress.stop();
    for (const server of servers) server.close();
  }
}

/** 0 when a stack that was up was ended on purpose, else 2. */
export function exitCodeOfEnd({ interruption }: Pick<Evidence, 'interruption'>): 0 | 2 {
  return interruption?.reason === ENDED ? 0 : 2;
}

/**
 * Tells how it goes: on a terminal in a line that is rewritten; in a log, once it is up, only what
 * is provoked, for the hours of the day are of no interest there.
 * @param onUp is called once, with how it goes at the moment of asking, in words
 */
function watchUp(
  progress: Progress,
  output: Output,
  onUp: (status: () => string) => void,
): { onEvent: (event: RunEvent) => void; wasUp: () => boolean } {
  const isLog = output.stream.isTTY !== true;
  let isUp = false;
  let status = '';
  const onEvent = (event: RunEvent): void => {
    if (event.type === 'phase') progress.phase(event.text);
    else if (event.type === 'line') {
      if (isLog && isUp) output.print(event.text);
      else progress.line(event.text);
    } else if (event.type === 'update') {
      progress.update(event);
      status = [event.phase, event.waitingFor].filter((part) => part !== '').join(', ');
    } else if (event.type === 'up') {
      isUp = true;
      if (isLog) progress.stop();
      onUp(() => status);
    }
  };
  return { onEvent, wasUp: () => isUp };
}

/** Where everything is, and what can be done with it. */
function greeting({ site, programs }: Places, plan: Plan): string {
  const rows = [
    ['Look at it', site],
    ...programs.map(({ name, url, hasPage }) => [
      name,
      hasPage ? url : `${url}/api (questions only: this program comes without a page)`,
    ]),
    ['Grafana', 'not here: it is in no package archive (its dashboards are in stack/grafana)'],
  ];
  const example = plan.provocations[0]?.name ?? 'NAME';
  const commands = [
    [`npm run provoke -- ${example}`, 'makes an alert happen (without a name: which there are)'],
    ['npm run provoke -- --stop', 'takes back what was provoked'],
    ['npm run down, or Ctrl-C here', 'ends it'],
  ];
  return ['The stack is up.', ...aligned(rows), '', ...aligned(commands), ''].join('\n');
}

/** Two columns, set in from the left. */
function aligned(rows: string[][]): string[] {
  const width = Math.max(...rows.map(([first = '']) => first.length));
  return rows.map(([first = '', second = '']) => `  ${first.padEnd(width)}  ${second}`);
}
