import { expect, it } from 'vitest';
import { htmlReportOf } from '../../../src/commands/html-report.ts';
import { failed, passed } from '../samples.ts';
import { wholeRun } from './input.ts';

it('the page carries its own script, styles and the words on each kind of finding that occurred, and is the same each time', async () => {
  const world = wholeRun();
  const page = await htmlReportOf([world], failed());
  expect(page).toContain('.uplot');
  expect(page).toContain('More about fired-early');
  expect(page).toContain('<dt>how to mend</dt>');
  expect(page).not.toContain('More about never-fired');
  expect(page.length).toBeLessThan(600_000);
  // The page ends where it should: its script hasn't closed itself.
  expect(page.match(/<\/script>/g)?.length).toBe(2);
  expect(await htmlReportOf([world], failed())).toBe(page);
});

it('says how to repeat a run of another stack', async () => {
  const world = wholeRun();
  expect(await htmlReportOf([world], failed(), { stackDir: "/srv/it's" })).toContain(
    String.raw`npm run verify -- --stack &#39;/srv/it&#39;\&#39;&#39;s&#39;`,
  );
});

it("tells what is wrong in the stack's files, above all when every expectation was kept", async () => {
  const world = wholeRun();
  const finding = {
    rule: 'route/no-resolution',
    level: 'warning' as const,
    file: 'alertmanager/alertmanager.yml',
    line: 47,
    column: 9,
    endLine: 47,
    endColumn: 20,
    title: "`slack` isn't told when it is over",
    why: '<b>People</b> look',
    mend: 'Set `send_resolved: true`.',
  };
  const page = await htmlReportOf([world], passed(), { files: [finding] });
  expect(page).toContain('1 thing is wrong');
  expect(page).toContain('<code class="where">alertmanager/alertmanager.yml:47:9</code>');
  expect(page).toContain('&lt;b&gt;People&lt;/b&gt; look');
  expect(page).toContain('Exit code 1.');
  expect(await htmlReportOf([world], passed())).not.toContain("In the stack's files");
  const elsewhere = await htmlReportOf([world], passed(), { otherFiles: [finding] });
  expect(elsewhere).toContain('no failure of this run');
  expect(elsewhere).toContain('Exit code 0.');
});
