import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../../src/run/docker/look/index.ts';
import { see } from '../../../src/run/docker/look/page.ts';

const dir = mkdtempSync(join(tmpdir(), 'gtv-look-'));
afterAll(() => rmSync(dir, { recursive: true }));

describe('the browser', () => {
  const own = join(dir, 'chromium');
  writeFileSync(own, '#!/bin/sh\n');
  chmodSync(own, 0o755);
  it('is one of the PATH', () =>
    expect(findChromium({ PATH: `relative:/nowhere:${dir}` })).toEqual({ path: own }));
  it('is the one that is named', () =>
    expect(findChromium({ PATH: '', GTV_CHROMIUM: own })).toEqual({ path: own }));
  it.each([
    [{ PATH: '/nowhere' }, /no Chromium on the PATH/],
    [{ GTV_CHROMIUM: '/nowhere/chromium' }, /which is no program/],
    [{ PATH: dir, GTV_CHROMIUM: '' }, /no browser is wanted/],
  ])('or there is a reason: %o', (env, why) =>
    expect(findChromium(env)).toEqual({ why: expect.stringMatching(why) as string }),
  );
});

const found = findChromium();
const missing = 'why' in found;
describe.skipIf(missing)(
  missing ? `a dashboard's page: SKIPPED, ${found.why}` : "a dashboard's page",
  () => {
    it.each([
      [
        'newer marks',
        (title: string, inside: string) =>
          `<section data-testid="data-testid Panel header ${title}"><h2>${title}</h2><div data-testid="data-testid Panel header item menu"></div>${inside}</section>`,
        '<button data-testid="data-testid Panel status error"></button>',
        '<div data-testid="data-testid Panel data error message">No data</div>',
      ],
      [
        'older marks',
        (title: string, inside: string) =>
          `<section data-testid="data-testid Panel header ${title}">${inside}</section>`,
        '<button aria-label="Panel header error"></button>',
        '<p>No data</p>',
      ],
      [
        'the marks of 9.4, on the header alone',
        (title: string, inside: string) =>
          `<div class="panel-container"><header data-testid="data-testid Panel header ${title}"><svg></svg><h2>${title}</h2></header><div class="panel-content">${inside}</div></div>`,
        '<div data-testid="data-testid Alert error"></div>',
        '<p>No data</p>',
      ],
    ])('is read by %s', async (_, panel, badge, empty) => {
      const browser = await chromium.launch({
        executablePath: 'path' in found ? found.path : '',
        args: ['--no-sandbox'],
      });
      try {
        const page = await browser.newPage();
        await page.setContent(
          [
            panel('Good', '<p>5</p>'),
            panel('Bad', badge),
            panel('Void', empty),
            panel('Own words', '<span>no data</span>'),
            panel('Nobody asks', '<span>No look-ups</span>'),
            panel('One of two', '<i class="LegendTable"><b>no look-ups</b></i><canvas></canvas>'),
            panel('Drawn', '<canvas></canvas>'),
            panel('Blank', '<div></div>'),
          ].join(''),
        );
        const noValues = { 'Nobody asks': 'no look-ups', 'One of two': 'no look-ups' };
        const seen = await see(page, noValues);
        expect(seen).toMatchObject({
          panels: [
            ...['Good', 'Bad', 'Void', 'Own words', 'Nobody asks', 'One of two', 'Drawn', 'Blank'],
          ],
          errors: ['Bad'],
          empty: ['Void', 'Own words', 'Nobody asks'],
          blank: ['Bad', 'Blank'],
          loading: false,
        });
        // A picture ends where the panels do, whatever the window's height.
        await page.setViewportSize({ width: 800, height: 4_000 });
        const { drawnTo, height } = await see(page, noValues);
        expect(height).toBeGreaterThanOrEqual(4_000);
        expect(drawnTo).toBeGreaterThan(0);
        expect(drawnTo).toBeLessThan(3_000);
        await page.setContent(panel('Late', '<div aria-label="Panel loading bar"></div>'));
        expect((await see(page)).loading).toBe(true);
      } finally {
        await browser.close();
      }
    });
  },
);
