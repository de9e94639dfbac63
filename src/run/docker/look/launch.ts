import { getPriority, setPriority } from 'node:os';
import type { Browser } from 'playwright-core';
import { HarnessError, firstLineOf } from '../../../lib/errors.ts';

/** What has time while others keep it. */
const PATIENT = 15;

/**
 * Starts the browser, as something that may wait: scrapes and evaluations next to it are timed.
 * @throws HarnessError when it can't be started
 */
export async function launch(executablePath: string, withinMs: number): Promise<Browser> {
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
      timeout: withinMs,
    });
  } catch (cause) {
    throw new HarnessError(
      `the browser ${executablePath} can't be started: ${firstLineOf(cause)}`,
      'Name another Chromium in GTV_CHROMIUM.',
      { cause },
    );
  } finally {
    if (isRoot) setPriority(own);
  }
}
