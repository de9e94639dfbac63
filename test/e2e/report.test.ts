import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportAssets } from '../../src/commands/report-assets.ts';
import { htmlReport } from '../../src/report/html/index.ts';
import { judge } from '../../src/verdict/index.ts';
import { END_NOT_TOLD, EARLY, verdict, withVerdicts } from '../report/samples.ts';
import { inputOf, wholeRun } from '../report/html/input.ts';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const missing = !existsSync(CHROMIUM);

const WRONG_FILES = [END_NOT_TOLD];

describe.skipIf(missing)(
  missing
    ? `report.html in a browser: SKIPPED, there is no Chromium at ${CHROMIUM} (apt-get install chromium, or set CHROMIUM)`
    : 'report.html in a real Chromium',
  () => {
    const dir = mkdtempSync(join(tmpdir(), 'gtv-report-'));
    let browser: Browser;
    const files: Record<string, string> = {};
    beforeAll(async () => {
      const assets = await reportAssets();
      const run = wholeRun();
      const good = judge(run.plan, run.evidence);
      const nasty =
        '<img src=x onerror="document.title=1"></script><script>document.title=1</script>';
      const bad = withVerdicts(
        good,
        [verdict('HighErrorRate', 'fires on time', undefined, { ...EARLY, seen: nasty })],
        { notJudged: [{ what: nasty, why: 'x' }] },
      );
      for (const [name, j] of Object.entries({ good, bad })) {
        files[name] = join(dir, `${name}.html`);
        writeFileSync(
          files[name],
          htmlReport({ ...inputOf(run, j, assets), files: name === 'bad' ? WRONG_FILES : [] }),
        );
      }
      browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    });
    afterAll(async () => {
      await browser.close();
      rmSync(dir, { recursive: true });
    });

    /**
     * Opens a page from its file with no network, and keeps account of whatever it complains of or
     * asks for.
     */
    async function open(
      name: string,
      options: Parameters<Browser['newContext']>[0] = {},
    ): Promise<{ page: Page; complaints: string[]; requests: string[] }> {
      const context = await browser.newContext({
        offline: true,
        viewport: { width: 1280, height: 900 },
        ...options,
      });
      const page = await context.newPage();
      const complaints: string[] = [];
      const requests: string[] = [];
      page.on(
        'console',
        (message) =>
          void (message.type() === 'error' || message.type() === 'warning'
            ? complaints.push(message.text())
            : undefined),
      );
      page.on('pageerror', (error) => void complaints.push(error.message));
      page.on('request', (request) => void requests.push(request.url()));
      await page.goto(pathToFileURL(files[name] ?? '').href, { waitUntil: 'load' });
      return { page, complaints, requests };
    }
    const shown = (page: Page): Promise<number> => page.locator('[data-row]:visible').count();

    it('opens with nothing drawn that nobody sees, asks for nothing else, and complains of nothing', async () => {
      const { page, complaints, requests } = await open('good');
      const charts = await page.locator('[data-chart]').count();
      expect(await page.locator('[data-chart] canvas').count()).toBeLessThan(charts / 4);
      for (const chart of await page.locator('.panel [data-chart]').all()) {
        await chart.scrollIntoViewIfNeeded();
        await chart.locator('canvas').waitFor();
      }
      expect(requests).toEqual([pathToFileURL(files['good'] ?? '').href]);
      expect(complaints).toEqual([]);
      await page.context().close();
    });

    it('draws the curve and the truth beside it: both have ink, in colours of their own', async () => {
      const { page } = await open('good');
      const place = page.locator('.panel [data-chart]').first();
      await place.scrollIntoViewIfNeeded();
      const canvas = place.locator('canvas');
      await canvas.waitFor();
      const colours = await canvas.evaluate((element) => {
        const c = element as HTMLCanvasElement;
        const { data } = c.getContext('2d')?.getImageData(0, 0, c.width, c.height) ?? { data: [] };
        const seen = new Map<string, number>();
        for (let i = 0; i < data.length; i += 4)
          if ((data[i + 3] ?? 0) > 200)
            seen.set(
              `${data[i]},${data[i + 1]},${data[i + 2]}`,
              (seen.get(`${data[i]},${data[i + 1]},${data[i + 2]}`) ?? 0) + 1,
            );
        return Object.fromEntries(seen);
      });
      expect(colours['31,111,209'] ?? 0, 'the curve').toBeGreaterThan(50);
      expect(colours['27,34,48'] ?? 0, 'the truth').toBeGreaterThan(20);
      await page.context().close();
    });

    it('filters, searches, opens a row and leads to its finding', async () => {
      const { page, complaints } = await open('bad');
      const all = await shown(page);
      await page.getByRole('button', { name: 'Failed only' }).click();
      const failed = await shown(page);
      expect([failed > 0, failed < all]).toEqual([true, true]);
      expect(await page.locator('[data-row][data-outcome="pass"]:visible').count()).toBe(0);
      await page.keyboard.press('f');
      expect(await shown(page)).toBe(all);
      await page.keyboard.press('/');
      await page.keyboard.type('HighMemoryUsage');
      expect(await page.locator('#alert-HighMemoryUsage').isVisible()).toBe(true);
      expect(await page.locator('#alert-HighErrorRate').isVisible()).toBe(false);
      expect(await page.locator('#shown').textContent()).toMatch(/^\d+ of \d+ shown$/);
      await page.keyboard.press('Escape');
      expect(await shown(page)).toBe(all);
      const row = page.locator('#alert-HighErrorRate');
      // What failed is open already.
      await row.getByRole('link', { name: EARLY.title }).click();
      expect(await page.evaluate(() => document.querySelector(location.hash)?.className)).toContain(
        'finding',
      );
      expect(complaints).toEqual([]);
      await page.context().close();
    });

    it('can be used with the keyboard alone', async () => {
      const { page } = await open('good');
      const here = (): Promise<string | undefined> =>
        page.evaluate(() => document.activeElement?.closest('[data-row]')?.id);
      await page.keyboard.press('j');
      const first = await here();
      await page.keyboard.press('j');
      expect(await here()).not.toBe(first);
      await page.keyboard.press('k');
      expect(await here()).toBe(first);
      await page.keyboard.press('Enter');
      expect(await page.locator(`[id="${first ?? ''}"] > details`).getAttribute('open')).toBe('');
      await page.keyboard.press('?');
      expect(await page.getByRole('dialog').isVisible()).toBe(true);
      await page.keyboard.press('Escape');
      expect(await page.getByRole('dialog').isVisible()).toBe(false);
      await page.context().close();
    });

    it('is light or dark as the system says, and as one chooses', async () => {
      const { page } = await open('good', { colorScheme: 'dark' });
      const ground = (): Promise<string> =>
        page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const dark = await ground();
      await page.getByRole('button', { name: 'Light' }).click();
      expect(await ground()).not.toBe(dark);
      await page.keyboard.press('t');
      expect(await ground()).toBe(dark);
      await page.context().close();
    });

    it('prints what is not kept and what the reader opened, and folds it again', async () => {
      const { page } = await open('bad');
      const folded = (outcome: string): Promise<number> =>
        page.locator(`[data-row][data-outcome="${outcome}"] details:not([open])`).count();
      const before = [await folded('fail'), await folded('pass')];
      expect(Math.min(...before)).toBeGreaterThan(0);
      await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
      expect([await folded('fail'), await folded('pass')]).toEqual([0, before[1]]);
      await page.evaluate(() => dispatchEvent(new Event('afterprint')));
      expect([await folded('fail'), await folded('pass')]).toEqual(before);
      await page.locator('[data-row][data-outcome="pass"] summary').first().click();
      await page.evaluate(() => {
        dispatchEvent(new Event('beforeprint'));
        dispatchEvent(new Event('afterprint'));
      });
      expect(await folded('pass')).toBe((before[1] ?? 0) - 1);
      expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(10_000);
      await page.context().close();
    });

    it('runs nothing that was recorded from outside', async () => {
      const { page } = await open('bad');
      expect(await page.title()).toMatch(/^Failed: /);
      expect(await page.locator('img').count()).toBe(0);
      await page.context().close();
    });

    it.each([
      ['good', 'light', 1280],
      ['bad', 'dark', 1280],
      ['bad', 'light', 800],
    ] as const)('axe finds nothing: %s, %s, %d px', async (name, colorScheme, width) => {
      // The page's own policy would refuse axe's script as well.
      const { page } = await open(name, {
        colorScheme,
        viewport: { width, height: 900 },
        bypassCSP: true,
      });
      await page.evaluate(() =>
        document.querySelectorAll('details').forEach((details) => (details.open = true)),
      );
      await page.evaluate(AXE);
      const violations = await page.evaluate(async () => {
        const { axe } = window as unknown as {
          axe: {
            run: () => Promise<{
              violations: {
                id: string;
                impact: string;
                nodes: { html: string; failureSummary: string }[];
              }[];
            }>;
          };
        };
        return (await axe.run()).violations.map(({ id, impact, nodes }) => ({
          id,
          impact,
          first: nodes[0]?.html,
          why: nodes[0]?.failureSummary,
          count: nodes.length,
        }));
      });
      expect(violations).toEqual([]);
      // Wider than the window: one would have to scroll to both sides.
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
        width,
      );
      await page.context().close();
    });
  },
);
