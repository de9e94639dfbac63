import { describe, expect, it } from 'vitest';
import { markdownSummary } from '../../src/report/summary.ts';
import { EARLY, failed, interrupted, judgement, passed, verdict } from './samples.ts';

const rows = (text: string): string[] =>
  text.split('\n').filter((line) => /^\| (❌|⚠️) \|/.test(line));
/** What a reader sees: entities as their signs. */
const seen = (text: string): string =>
  text
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

describe('the summary in Markdown', () => {
  it('of a pass has a verdict, counts and versions, and no table of what failed', () => {
    const text = markdownSummary(passed(), 'stack');
    expect(text).toMatch(/^## ✅ Everything is proven/);
    expect(text).toContain(
      `${passed().counts.pass} expectations met, 0 failed, 0 could not be judged.`,
    );
    expect(seen(text)).toContain('| prometheus | 3.1 |');
    expect(rows(text)).toEqual([]);
  });

  it('of a failure tells where, what was expected and what was seen', () => {
    const text = markdownSummary(failed(), 'stack');
    expect(text).toMatch(/^## ❌ A promise is broken/);
    expect(rows(text)).toHaveLength(1);
    for (const part of [
      'HighErrorRate',
      'fires on time (fired-early)',
      'stack/prometheus/alerts/all.yml:7:9',
      EARLY.expected,
      EARLY.seen,
      EARLY.likelyCause,
    ])
      expect(seen(rows(text)[0] ?? '')).toContain(part);
  });

  it('never says that everything is proven when a part was', () => {
    const text = markdownSummary({ ...passed(), selection: 'alert/HighErrorRate' }, 'stack');
    expect(text).not.toContain('Everything');
    expect(seen(text)).toContain('Only a part of the stack was to be proved: alert/HighErrorRate.');
  });

  it('tells why a run ended early, and what is not judged', () => {
    const text = seen(
      markdownSummary(
        {
          ...interrupted(),
          notJudged: [{ what: 'pictures in mails', why: 'nobody looks at them' }],
        },
        'stack',
      ),
    );
    expect(text).toMatch(/^## ⚠️ It could not be judged/);
    expect(text).toContain('The run ended early: interrupted by SIGINT.');
    expect(text).toContain('- pictures in mails: nobody looks at them');
    expect(rows(text)).toHaveLength(interrupted().counts.inconclusive);
  });

  it.each([
    'a | b',
    '<script>alert(1)</script>',
    '**bold** `code` [x](y) ~~z~~',
    '&lt; & "quoted"',
    'one\n| two |\n\n# three',
    '\u001b[31mred',
    '$x^2$ @someone #12',
    'back\\slash|',
    '- item',
    '1.11.1-3+b1',
    '\ud800half',
  ])('shows %j as it is, in its own cell', (text) => {
    const [line = '', ...more] = rows(
      markdownSummary(
        judgement([verdict('A', 'slack told', undefined, { ...EARLY, title: text, seen: text })]),
        'stack',
      ),
    );
    expect(more).toEqual([]);
    const cells = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    expect(cells).toHaveLength(7);
    const plain = text.replace(/\u001b\[31m|\ud800/g, '');
    expect(seen(cells[5] ?? '').replaceAll('<br>', '\n')).toBe(plain.replace(/\s*\n\s*/g, '\n'));
    expect((cells[5] ?? '').replaceAll('<br>', '')).not.toMatch(/[<>*`[\]~$@\\]/);
  });

  it('stays below what GitHub shows, and tells what it leaves out', () => {
    const many = Array.from({ length: 1_000 }, (_, i) =>
      verdict(`A/${i}`, 'slack told', undefined, {
        ...EARLY,
        seen: '|'.repeat(5_000),
        expected: '|'.repeat(5_000),
        likelyCause: '|'.repeat(5_000),
      }),
    );
    const text = markdownSummary(judgement(many), 'stack');
    expect(Buffer.byteLength(text)).toBeLessThan(1_048_576);
    expect(text).toContain("… and 900 more, in the run's report.json.");
  });
});
