import { mkdir } from 'node:fs/promises';
import { getPriority, setPriority } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page, PageScreenshotOptions } from 'playwright-core';
import { HarnessError, messageOf } from '../../../lib/errors.ts';
import { until } from '../../../lib/wait.ts';
import type { DashboardLook } from '../../../model/grafana-evidence.ts';
import type { DashboardPlan } from '../../../model/dashboard-plan.ts';
import type { Login } from '../../../model/containers.ts';
import { see } from './page.ts';
import type { Seen } from './page.ts';

export { findChromium } from './browser.ts';

/** Folder of the pictures in a run's folder. */
const PICTURES = 'pictures';
const WIDTH = 1_600;
/** Grafana asks only for what is in view: at first a page as high as most dashboards, ms and px. */
const FIRST_HEIGHT = 2_400;
const HIGHEST = 8_000;
const OPENS_WITHIN_MS = 30_000;
const SETTLES_WITHIN_MS = 30_000;
/** Panels that aren't drawn after so long without a change won't be, ms. */
const NO_MORE_MS = 10_000;
/** A page that shows the same for so long has settled, ms. */
const QUIET_MS = 1_000;
const EVERY_MS = 250;
/** What has time while others keep it. */
const PATIENT = 15;

export interface LookOptions {
  /** Path of the browser. */
  chromium: string;
  /** Where Grafana answers: `http://127.0.0.1:32771`. */
  url: string;
  login: Login;
  dashboards: DashboardPlan[];
  /** What the dashboards are to show, epoch ms. */
  fromMs: number;
  toMs: number;
  runDir: string;
  signal: AbortSignal;
}

/**
 * Opens each dashboard in a browser without a window, waits until its panels have settled, and puts
 * a picture of each into the run's folder. A dashboard that can't be looked at has the reason in
 * its look.
 * @throws HarnessError when the browser can't be started or Grafana lets nobody in
 */
export async function lookAtDashboards({
  chromium,
  url,
  login,
  dashboards,
  fromMs,
  toMs,
  runDir,
  signal,
}: LookOptions): Promise<Record<string, DashboardLook>> {
  await mkdir(join(runDir, PICTURES), { recursive: true });
  const browser = await launch(chromium);
  const stop = (): void => void browser.close().catch(() => undefined);
  signal.addEventListener('abort', stop, { once: true });
  try {
    const context = await browser.newContext({
      baseURL: url,
      viewport: { width: WIDTH, height: FIRST_HEIGHT },
      reducedMotion: 'reduce',
    });
    // What compiles this file may wrap functions that have a name; the page, where one of them is
    // run, doesn't know it.
    await context.addInitScript({ content: 'globalThis.__name ??= (named) => named;' });
    const entered = await context.request.post('/login', {
      data: { user: login.user, password: login.password },
      timeout: OPENS_WITHIN_MS,
    });
    if (!entered.ok())
      throw new HarnessError(
        `Grafana lets its administrator in no more: it answered the login with ${entered.status()}`,
        'Its log is in logs/grafana.log of the run folder.',
      );
    const looks: Record<string, DashboardLook> = {};
    for (const dashboard of dashboards)
      looks[dashboard.uid] = await lookAt(context, dashboard, { fromMs, toMs, runDir, signal });
    return looks;
  } finally {
    signal.removeEventListener('abort', stop);
    await browser.close().catch(() => undefined);
  }
}

/** Starts the browser, as something that may wait: scrapes and evaluations next to it are timed. */
async function launch(executablePath: string): Promise<Browser> {
  const { chromium } = await import('playwright-core');
  const own = getPriority();
  // Inherited by what is started meanwhile. Nobody but root gets back what was given away.
  const isRoot = process.getuid?.() === 0;
  if (isRoot) setPriority(Math.max(own, PATIENT));
  try {
    // Chromium refuses to run as root with its sandbox; it opens nothing but this run's own pages.
    return await chromium.launch({
      executablePath,
      args: isRoot ? ['--no-sandbox'] : [],
      timeout: OPENS_WITHIN_MS,
    });
  } catch (cause) {
    throw new HarnessError(
      `the browser ${executablePath} can't be started: ${messageOf(cause).split('\n')[0] ?? ''}`,
      'Name another Chromium in GTV_CHROMIUM.',
      { cause },
    );
  } finally {
    if (isRoot) setPriority(own);
  }
}

async function lookAt(
  context: BrowserContext,
  { uid, panels }: DashboardPlan,
  { fromMs, toMs, runDir, signal }: Pick<LookOptions, 'fromMs' | 'toMs' | 'runDir' | 'signal'>,
): Promise<DashboardLook> {
  const page = await context.newPage();
  let seen: Seen = {
    panels: [],
    errors: [],
    empty: [],
    blank: [],
    loading: true,
    height: FIRST_HEIGHT,
    drawnTo: 0,
  };
  const thrown: string[] = [];
  page.on('pageerror', (error) => {
    if (!isNotice(error)) thrown.push(firstLine(error));
  });
  let problem: string | null = null;
  // Nothing but the dashboard, at the time of the run, and never asked anew by itself.
  const shown = { orgId: '1', from: String(fromMs), to: String(toMs), refresh: '', kiosk: '1' };
  const path = `/d/${encodeURIComponent(uid)}?${new URLSearchParams(shown).toString()}`;
  try {
    await page.goto(path, { timeout: OPENS_WITHIN_MS, waitUntil: 'load' });
    await settled(page, panels, signal, (now) => (seen = now));
  } catch (error) {
    signal.throwIfAborted();
    problem = firstLine(error);
  }
  const picture = `${PICTURES}/${uid.replace(/[^\w-]/g, '_')}.png`;
  const taken = await page
    .screenshot({ path: join(runDir, picture), ...frameOf(seen), timeout: OPENS_WITHIN_MS })
    .then(
      () => true,
      () => false,
    );
  await page.close();
  return {
    picture: taken ? picture : null,
    panels: seen.panels,
    errors: seen.errors,
    empty: seen.empty,
    blank: seen.blank,
    thrown: [...new Set(thrown)],
    problem,
  };
}

/** Below the lowest panel a picture shows only the page's background, px. */
const MARGIN = 16;

/** What a picture shows: all of the page, as far down as anything is drawn. */
function frameOf({ drawnTo, height }: Seen): Pick<PageScreenshotOptions, 'fullPage' | 'clip'> {
  if (drawnTo === 0) return { fullPage: true };
  const shown = Math.min(drawnTo + MARGIN, Math.max(height, drawnTo), HIGHEST);
  return { fullPage: true, clip: { x: 0, y: 0, width: WIDTH, height: shown } };
}

/**
 * What a browser says of its own work in the form of an error: a layout that changed again within a
 * frame, a request that was given up when it was of no use any more.
 */
function isNotice({ name, message }: Error): boolean {
  return name === 'AbortError' || /ResizeObserver loop|aborted|cancelled|canceled/i.test(message);
}

function firstLine(error: unknown): string {
  return messageOf(error).split('\n')[0] ?? '';
}

/**
 * Waits until all panels are drawn and change no more; fewer than all will do once no more of them
 * come.
 * @param onSeen told at each look what is on the page
 */
async function settled(
  page: Page,
  panels: DashboardPlan['panels'],
  signal: AbortSignal,
  onSeen: (seen: Seen) => void,
): Promise<void> {
  const noValues = Object.fromEntries(
    panels.flatMap(({ title, noValue }) => (noValue === '' ? [] : [[title, noValue] as const])),
  );
  let same = '';
  let since = Date.now();
  await until(
    async () => {
      const seen = await see(page, noValues);
      onSeen(seen);
      if (seen.height > (page.viewportSize()?.height ?? 0))
        await page.setViewportSize({ width: WIDTH, height: Math.min(seen.height, HIGHEST) });
      const now = JSON.stringify(seen);
      if (now !== same) [same, since] = [now, Date.now()];
      if (seen.loading) throw new Error('panels are still loading');
      if (seen.panels.length === 0) throw new Error('no panel is drawn');
      if (seen.panels.length < panels.length && Date.now() - since < NO_MORE_MS)
        throw new Error(`${seen.panels.length} of ${panels.length} panels are drawn`);
      return Date.now() - since >= QUIET_MS ? true : undefined;
    },
    {
      what: 'its panels have settled in the browser',
      timeoutMs: SETTLES_WITHIN_MS,
      everyMs: EVERY_MS,
      signal,
    },
  );
}
