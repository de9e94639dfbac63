import { join } from 'node:path';
import type { BrowserContext, Page, PageScreenshotOptions } from 'playwright-core';
import { firstLineOf } from '../../../lib/errors.ts';
import type { DashboardPlan } from '../../../model/dashboard-plan.ts';
import type { DashboardLook } from '../../../model/grafana-evidence.ts';
import type { Seen } from './page.ts';
import { settled } from './settled.ts';
import { FIRST_HEIGHT, HIGHEST, WIDTH } from './size.ts';

/** Folder of the pictures in a run's folder. */
export const PICTURES = 'pictures';
/** A page is there, or its picture taken, within this, ms. */
const OPENS_WITHIN_MS = 30_000;
/** Below the lowest panel a picture shows only the page's background, px. */
const MARGIN = 16;

/** What is seen of a page on which nothing was drawn. */
const NOTHING: Seen = {
  panels: [],
  errors: [],
  empty: [],
  blank: [],
  loading: true,
  height: FIRST_HEIGHT,
  drawnTo: 0,
};

/** What the dashboards are to show, and where their pictures go. */
export interface Shown {
  /** Epoch ms. */
  fromMs: number;
  toMs: number;
  runDir: string;
  signal: AbortSignal;
}

/** Opens a dashboard, waits until it has settled, and takes its picture. */
export async function lookAt(
  context: BrowserContext,
  dashboard: DashboardPlan,
  shown: Shown,
): Promise<DashboardLook> {
  const page = await context.newPage();
  const thrown = thrownBy(page);
  const { seen, problem } = await opened(page, dashboard, shown);
  const picture = await pictureOf(page, dashboard, seen, shown.runDir);
  await page.close();
  const { panels, errors, empty, blank } = seen;
  return { picture, panels, errors, empty, blank, thrown: [...new Set(thrown)], problem };
}

/** What of a page was seen last; and what was in the way of its settling. */
async function opened(
  page: Page,
  { uid, panels }: DashboardPlan,
  { fromMs, toMs, signal }: Shown,
): Promise<{ seen: Seen; problem: string | null }> {
  // Nothing but the dashboard, at the time of the run, and never asked anew by itself.
  const query = { orgId: '1', from: String(fromMs), to: String(toMs), refresh: '', kiosk: '1' };
  const path = `/d/${encodeURIComponent(uid)}?${new URLSearchParams(query).toString()}`;
  let seen = NOTHING;
  try {
    await page.goto(path, { timeout: OPENS_WITHIN_MS, waitUntil: 'load' });
    await settled(page, panels, signal, (now) => (seen = now));
    return { seen, problem: null };
  } catch (error) {
    signal.throwIfAborted();
    return { seen, problem: firstLineOf(error) };
  }
}

/** Where the picture is in the run's folder; null: none could be taken. */
async function pictureOf(
  page: Page,
  { uid }: DashboardPlan,
  seen: Seen,
  runDir: string,
): Promise<string | null> {
  const picture = `${PICTURES}/${uid.replace(/[^\w-]/g, '_')}.png`;
  return page
    .screenshot({ path: join(runDir, picture), ...frameOf(seen), timeout: OPENS_WITHIN_MS })
    .then(
      () => picture,
      () => null,
    );
}

/** What a picture shows: all of the page, as far down as anything is drawn. */
function frameOf({ drawnTo, height }: Seen): Pick<PageScreenshotOptions, 'fullPage' | 'clip'> {
  if (drawnTo === 0) return { fullPage: true };
  const shown = Math.min(drawnTo + MARGIN, Math.max(height, drawnTo), HIGHEST);
  return { fullPage: true, clip: { x: 0, y: 0, width: WIDTH, height: shown } };
}

/** The errors that a page throws from now on, a line each: the list grows. */
function thrownBy(page: Page): string[] {
  const thrown: string[] = [];
  page.on('pageerror', (error) => {
    if (!isNotice(error)) thrown.push(firstLineOf(error));
  });
  return thrown;
}

/**
 * What a browser says of its own work in the form of an error: a layout that changed again within a
 * frame, a request that was given up when it was of no use any more.
 */
function isNotice({ name, message }: Error): boolean {
  return name === 'AbortError' || /ResizeObserver loop|aborted|cancelled|canceled/i.test(message);
}
