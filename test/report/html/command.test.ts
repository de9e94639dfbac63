import { expect, it } from 'vitest';
import { htmlReportOf } from '../../../src/commands/html-report.ts';
import { failed } from '../samples.ts';
import { wholeRun } from './input.ts';

it('the page carries its own script, styles and the words on each kind of finding that occurred, and is the same each time', async () => {
  const { plan, evidence } = wholeRun();
  const page = await htmlReportOf(plan, evidence, failed());
  expect(page).toContain('.uplot');
  expect(page).toContain('More about fired-early');
  expect(page).toContain('<dt>how to mend</dt>');
  expect(page).not.toContain('More about never-fired');
  expect(page.length).toBeLessThan(600_000);
  // The page ends where it should: its script hasn't closed itself.
  expect(page.match(/<\/script>/g)?.length).toBe(2);
  expect(await htmlReportOf(plan, evidence, failed())).toBe(page);
});

it('says how to repeat a run of another stack', async () => {
  const { plan, evidence } = wholeRun();
  expect(await htmlReportOf(plan, evidence, failed(), "/srv/it's")).toContain(String.raw`npm run verify -- --stack &#39;/srv/it&#39;\&#39;&#39;s&#39;`);
});
