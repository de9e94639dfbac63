import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { htmlReportOf } from '../../src/commands/html-report.ts';
import { HarnessError } from '../../src/lib/errors.ts';
import { fromExactJson } from '../../src/lib/exact-json.ts';
import type { Evidence } from '../../src/model/evidence.ts';
import type { Plan } from '../../src/model/plan.ts';
import { judge } from '../../src/verdict/index.ts';
import { row } from './print.ts';
import { stretched } from './stretch.ts';

const LIMITS = { judgeS: 2, writeS: 2, sizeMiB: 3, openS: 1 };
const OPENINGS = 5;

/**
 * Time to judge a stored run, to write its page, the page's size, and how long Chromium takes to
 * open it from its file.
 * @param realTime with as much evidence as the same run leaves in real time
 */
export async function benchReport(runDir: string, realTime: boolean): Promise<void> {
  if (!existsSync(join(runDir, 'evidence.json')))
    throw new HarnessError(
      `${runDir} is no folder of a run with evidence.json`,
      'Name the folder that `npm run verify` printed in its last lines.',
    );
  const read = <T>(name: string): T => fromExactJson<T>(readFileSync(join(runDir, name), 'utf8'));
  const stored = { plan: read<Plan>('plan.json'), evidence: read<Evidence>('evidence.json') };
  const { plan, evidence } = realTime ? stretched(stored.plan, stored.evidence) : stored;
  const began = performance.now();
  const judgement = judge(plan, evidence);
  row(
    'judged',
    `${((performance.now() - began) / 1000).toFixed(2)} s`,
    `at most ${LIMITS.judgeS} s; a run of ${(plan.lengthMs / 60_000).toFixed(1)} minutes`,
  );
  const started = performance.now();
  const page = await htmlReportOf([{ plan, evidence }], judgement);
  row(
    'report.html written',
    `${((performance.now() - started) / 1000).toFixed(2)} s`,
    `at most ${LIMITS.writeS} s, judging not counted`,
  );
  row(
    'report.html, size',
    `${(Buffer.byteLength(page) / 1024 ** 2).toFixed(2)} MiB`,
    `under ${LIMITS.sizeMiB} MiB`,
  );
  await benchOpening(page);
}

/** How long Chromium takes until the page is on the screen. */
async function benchOpening(page: string): Promise<void> {
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  if (!existsSync(executablePath))
    return row('report.html opened', 'not measured', `no Chromium at ${executablePath}`);
  const dir = mkdtempSync(join(tmpdir(), 'gtv-report-'));
  const file = join(dir, 'report.html');
  writeFileSync(file, page);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const times: number[] = [];
    for (let i = 0; i < OPENINGS; i++) times.push(await openedAfterMs(browser, file));
    const sorted = times.sort((a, b) => a - b);
    row(
      `report.html opened, slowest of ${OPENINGS}`,
      `${((sorted.at(-1) ?? 0) / 1000).toFixed(2)} s`,
      `under ${LIMITS.openS} s until it is drawn; quickest ${((sorted[0] ?? 0) / 1000).toFixed(2)} s`,
    );
  } finally {
    await browser.close();
    rmSync(dir, { recursive: true });
  }
}

/** Until the first picture is on the screen, not only until it is loaded, ms. */
async function openedAfterMs(browser: Browser, file: string): Promise<number> {
  const tab = await browser.newPage();
  await tab.goto(pathToFileURL(file).href, { waitUntil: 'load' });
  const ms = await tab.evaluate(
    () =>
      new Promise<number>((resolve) =>
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now()))),
      ),
  );
  await tab.close();
  return ms;
}
