import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { HarnessError } from '../../../lib/errors.ts';
import type { Login } from '../../../model/containers.ts';
import type { DashboardPlan } from '../../../model/dashboard-plan.ts';
import type { DashboardLook } from '../../../model/grafana-evidence.ts';
import { PICTURES, lookAt } from './dashboard.ts';
import type { Shown } from './dashboard.ts';
import { launch } from './launch.ts';
import { FIRST_HEIGHT, WIDTH } from './size.ts';

export { findChromium } from './browser.ts';

/** The browser is there, and Grafana has let it in, within this each, ms. */
const OPENS_WITHIN_MS = 30_000;

export interface LookOptions extends Shown {
  /** Path of the browser. */
  chromium: string;
  /** Where Grafana answers: `http://127.0.0.1:32771`. */
  url: string;
  login: Login;
  dashboards: DashboardPlan[];
}

/**
 * Opens each dashboard in a browser without a window, waits until its panels have settled, and puts
 * a picture of each into the run's folder. A dashboard that can't be looked at has the reason in
 * its look.
 * @throws HarnessError when the browser can't be started or Grafana lets nobody in
 */
export async function lookAtDashboards(
  options: LookOptions,
): Promise<Record<string, DashboardLook>> {
  const { chromium, dashboards, runDir, signal } = options;
  await mkdir(join(runDir, PICTURES), { recursive: true });
  const browser = await launch(chromium, OPENS_WITHIN_MS);
  const stop = (): void => void browser.close().catch(() => undefined);
  signal.addEventListener('abort', stop, { once: true });
  try {
    const context = await loggedIn(browser, options);
    const looks: Record<string, DashboardLook> = {};
    for (const dashboard of dashboards)
      looks[dashboard.uid] = await lookAt(context, dashboard, options);
    return looks;
  } finally {
    signal.removeEventListener('abort', stop);
    await browser.close().catch(() => undefined);
  }
}

async function loggedIn(browser: Browser, { url, login }: LookOptions): Promise<BrowserContext> {
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
  if (entered.ok()) return context;
  throw new HarnessError(
    `Grafana lets its administrator in no more: it answered the login with ${entered.status()}`,
    'Its log is in logs/grafana.log of the run folder.',
  );
}
