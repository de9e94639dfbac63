import type { Page } from 'playwright-core';
import { until } from '../../../lib/wait.ts';
import type { DashboardPlan } from '../../../model/dashboard-plan.ts';
import { see } from './page.ts';
import type { Seen } from './page.ts';
import { HIGHEST, WIDTH } from './size.ts';

const SETTLES_WITHIN_MS = 30_000;
/** Panels that aren't drawn after so long without a change won't be, ms. */
const NO_MORE_MS = 10_000;
/** A page that shows the same for so long has settled, ms. */
const QUIET_MS = 1_000;
const EVERY_MS = 250;

/**
 * Waits until all panels are drawn and change no more; fewer than all will do once no more of them
 * come.
 * @param onSeen told at each look what is on the page
 */
export async function settled(
  page: Page,
  panels: DashboardPlan['panels'],
  signal: AbortSignal,
  onSeen: (seen: Seen) => void,
): Promise<void> {
  const noValues = Object.fromEntries(
    panels.flatMap(({ title, noValue }) => (noValue === '' ? [] : [[title, noValue] as const])),
  );
  let same = '';
  let since = performance.now();
  await until(
    async () => {
      const seen = await see(page, noValues);
      onSeen(seen);
      if (seen.height > (page.viewportSize()?.height ?? 0))
        await page.setViewportSize({ width: WIDTH, height: Math.min(seen.height, HIGHEST) });
      const now = JSON.stringify(seen);
      if (now !== same) [same, since] = [now, performance.now()];
      if (seen.loading) throw new Error('panels are still loading');
      if (seen.panels.length === 0) throw new Error('no panel is drawn');
      if (seen.panels.length < panels.length && performance.now() - since < NO_MORE_MS)
        throw new Error(`${seen.panels.length} of ${panels.length} panels are drawn`);
      return performance.now() - since >= QUIET_MS ? true : undefined;
    },
    {
      what: 'its panels have settled in the browser',
      timeoutMs: SETTLES_WITHIN_MS,
      everyMs: EVERY_MS,
      signal,
    },
  );
}
