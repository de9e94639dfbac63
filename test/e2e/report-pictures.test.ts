import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportAssets } from '../../src/commands/report-assets.ts';
import { htmlReport } from '../../src/report/html/index.ts';
import { brokenRun } from '../report/html/broken-run.ts';
import { differenceOf, pictureOf } from '../support/pictures.ts';
import type { Difference } from '../support/pictures.ts';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const missing = !existsSync(CHROMIUM);
/** Set: the pictures are kept as they are now, to be looked at before they are committed. */
const KEEPS = process.env['GTV_KEEP_PICTURES'] === '1';
const KEPT = fileURLToPath(new URL('../report/html/pictures/', import.meta.url));
/** The one font that every machine of the tests has; lines break where they break in it. */
const FONT = `* { font-family: 'DejaVu Sans' !important; } code, pre, kbd { font-family: 'DejaVu Sans Mono' !important; }`;
/** What may differ between two versions of the browser. */
const TOLERATED = { share: 0.005, height: 2 };

const WIDTHS = { desktop: 1280, phone: 390 };
const VIEWS = (['desktop', 'phone'] as const).flatMap((width) =>
  (['light', 'dark'] as const).map((scheme) => ({ width, scheme })),
);

const isSame = ({ heights: [actual, expected], share }: Difference): boolean =>
  share <= TOLERATED.share && Math.abs(actual - expected) <= TOLERATED.height;

describe.skipIf(missing)(
  missing
    ? `pictures of report.html: SKIPPED, there is no Chromium at ${CHROMIUM} (apt-get install chromium, or set CHROMIUM)`
    : 'report.html looks as it is kept in test/report/html/pictures (GTV_KEEP_PICTURES=1 keeps it anew)',
  () => {
    const dir = mkdtempSync(join(tmpdir(), 'gtv-pictures-'));
    const file = join(dir, 'report.html');
    let browser: Browser;
    let workshop: Page;
    beforeAll(async () => {
      // Without the words on each kind of finding: they change more often than the page's look.
      const assets = { ...(await reportAssets()), guide: '' };
      writeFileSync(file, htmlReport(brokenRun(assets)));
      browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
      workshop = await browser.newPage();
    });
    afterAll(async () => {
      await browser.close();
      rmSync(dir, { recursive: true });
    });

    /** The report as it is seen there, its graphs drawn; with more styles, spoilt. */
    async function shown({ width, scheme }: (typeof VIEWS)[number], styles = ''): Promise<Buffer> {
      const context = await browser.newContext({
        ...{ offline: true, bypassCSP: true, colorScheme: scheme, locale: 'en-US' },
        ...{ timezoneId: 'UTC', viewport: { width: WIDTHS[width], height: 900 } },
      });
      const page = await context.newPage();
      await page.goto(pathToFileURL(file).href);
      await page.addStyleTag({ content: `${FONT} ${styles}` });
      // Graphs are drawn when they come near the window.
      await page.evaluate(async () => {
        for (const place of document.querySelectorAll('[data-chart]')) {
          place.scrollIntoView();
          await new Promise(requestAnimationFrame);
          await new Promise(requestAnimationFrame);
        }
        scrollTo(0, 0);
      });
      const picture = await pictureOf(page, workshop);
      await context.close();
      return picture;
    }

    const kept = ({ width, scheme }: (typeof VIEWS)[number]): string =>
      join(KEPT, `${width}-${scheme}.png`);

    it.each(VIEWS)('at the width of a $width, $scheme', async (view) => {
      const picture = await shown(view);
      if (KEEPS) writeFileSync(kept(view), picture);
      const difference = await differenceOf(picture, readFileSync(kept(view)), workshop);
      expect(isSame(difference), JSON.stringify(difference)).toBe(true);
    });

    it.each([
      ['a finding without its frame', '.finding { border: 0 !important; background: none; }'],
      ['a headline in another colour', '.summary { background: #cfe8ff !important; }'],
      ['rows that lie on each other', '.row { margin-top: -12px; }'],
      ['a graph that is gone', '.finding .chart { visibility: hidden; }'],
    ])('%s would be noticed', async (_, styles) => {
      const view = { width: 'phone', scheme: 'light' } as const;
      const spoilt = await shown(view, styles);
      const difference = await differenceOf(spoilt, readFileSync(kept(view)), workshop);
      expect(isSame(difference), JSON.stringify(difference)).toBe(false);
    });
  },
);
