import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { runProgram } from '../src/commands/run-program.ts';
import { HarnessError } from '../src/lib/errors.ts';
import { maintenance } from './maintenance.ts';

const IMAGES = fileURLToPath(new URL('../docs/images/', import.meta.url));
const WIDTH = 1_100;
/** Of the report's top; a dashboard is shown whole. */
const HEIGHT = 720;
const WHOLE = 3_000;

await runProgram(
  maintenance(
    'pictures',
    "Makes the pictures of docs/images from a run's report: its top, and each dashboard as it is drawn there.",
  )
    .argument('<run>', "the run's folder, with its report.html; a whole run that passed looks best")
    .addHelpText('after', '\nExample:\n  npm run pictures -- runs/RUN')
    .action(makePictures),
);

async function makePictures(run: string): Promise<void> {
  const report = join(resolve(run), 'report.html');
  if (!existsSync(report))
    throw new HarnessError(
      `${run} has no report.html`,
      'Name the folder that `npm run verify` printed in its last lines.',
    );
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  if (!existsSync(executablePath))
    throw new HarnessError(
      `there is no Chromium at ${executablePath}`,
      'Install it, or name one in CHROMIUM.',
    );
  const profile = mkdtempSync(join(tmpdir(), 'gtv-pictures-'));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: ['--no-sandbox'],
    viewport: { width: WIDTH, height: HEIGHT },
    colorScheme: 'light',
  });
  try {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(report).href);
    mkdirSync(IMAGES, { recursive: true });
    const top = join(IMAGES, 'report.png');
    made(top, await page.screenshot({ path: top }));
    // So high that the bar at the top is never drawn over a dashboard.
    await page.setViewportSize({ width: WIDTH, height: WHOLE });
    for (const board of await page.locator('#dashboards section.board').all()) {
      const name = (await board.locator('h3').innerText()).replace(/^\W+/, '').trim();
      // Grafana's own alert rules have no picture, only a list.
      if ((await board.locator('.grid').count()) === 0) continue;
      // Graphs are drawn when they come into sight.
      for (const panel of await board.locator('.panel').all()) await panel.scrollIntoViewIfNeeded();
      const path = join(IMAGES, `${name.toLowerCase().replace(/\W+/g, '-')}.png`);
      made(path, await board.screenshot({ path }));
    }
  } finally {
    await browser.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** Says what was made, and how large it is. */
function made(path: string, bytes: Buffer): void {
  process.stdout.write(`${path}: ${Math.round(bytes.length / 1024)} KiB\n`);
}
