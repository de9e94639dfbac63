import { describe, expect, it } from 'vitest';
import type { Judgement } from '../../src/model/verdict.ts';
import { reportJson } from '../../src/report/json.ts';
import { reportJunit } from '../../src/report/junit.ts';
import type { FilesVerdict } from '../../src/model/verdict.ts';
import { withFiles } from '../../src/verdict/files.ts';
import { EARLY, failed, interrupted, judgement, passed, verdict } from './samples.ts';
import { subjectName } from '../../src/model/expectation.ts';

/**
 * Throws unless the text is well-formed: one root, tags that match, attributes quoted, nothing but
 * known entities.
 */
function wellFormed(xml: string): void {
  const open: string[] = [];
  let roots = 0;
  const rest = xml
    .replace(/<\?xml[^?]*\?>/, '')
    .replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, '')
    .replace(
      /<(\/?)([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>/g,
      (_tag, close: string, name: string, attributes: string, empty: string) => {
        if (/&(?!(?:amp|lt|gt|quot|apos|#x?[\da-fA-F]+);)/.test(attributes))
          throw new Error(`bare & in <${name}${attributes}>`);
        if (close) {
          if (open.pop() !== name) throw new Error(`</${name}> closes nothing`);
        } else {
          if (open.length === 0) roots++;
          if (!empty) open.push(name);
        }
        return '';
      },
    );
  if (open.length > 0 || roots !== 1 || /[<>]|&(?!\w+;)/.test(rest))
    throw new Error(
      `not well-formed: open ${open.join()}, ${roots} roots, rest ${rest.trim().slice(0, 80)}`,
    );
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u.test(xml))
    throw new Error('a character that XML forbids');
}

const matches = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

describe('JUnit', () => {
  it.each([
    ['passed', passed()],
    ['failed', failed()],
    ['interrupted', interrupted()],
  ])('%s: a suite for each alert, a case for each verdict', (_name, j: Judgement) => {
    const xml = reportJunit(j);
    wellFormed(xml);
    expect(matches(xml, /<testsuite /g)).toBe(
      new Set(j.verdicts.map((v) => subjectName(v.expectation.subject))).size,
    );
    expect(matches(xml, /<testcase /g)).toBe(j.verdicts.length);
    expect(matches(xml, /<failure /g)).toBe(j.counts.fail);
    expect(matches(xml, /<error /g)).toBe(j.counts.inconclusive);
    expect(xml).not.toContain('<skipped');
    expect(xml).toMatch(
      new RegExp(
        `<testsuites [^>]*tests="${j.verdicts.length}" failures="${j.counts.fail}" errors="${j.counts.inconclusive}" skipped="0"`,
      ),
    );
  });
  it('tells a failure in full', () => {
    const xml = reportJunit(failed());
    for (const part of [
      'type="fired-early"',
      'message="HighErrorRate fires too early"',
      'file="prometheus/alerts/all.yml"',
      'prometheus/alerts/all.yml:7:9',
      EARLY.seen,
      EARLY.expected,
      EARLY.likelyCause,
    ])
      expect(xml).toContain(part);
  });
  it('stays well-formed whatever a notification said', () => {
    const nasty = `]]> <b a="1">&nbsp; ]]> \u0000\u001b[31m \ud800 \u{1f600}`;
    const xml = reportJunit(
      judgement([
        verdict('A', 'slack told', nasty, { ...EARLY, title: nasty, seen: nasty }),
        verdict('A', 'judged', undefined, { ...EARLY, title: nasty, seen: nasty }, 'inconclusive'),
      ]),
    );
    wellFormed(xml);
    expect(xml).toContain('\u{1f600}');
  });
  it('is never empty, for an empty report is green', () => {
    const xml = reportJunit(judgement([], { interruption: 'the stack did not start' }));
    wellFormed(xml);
    expect(xml).toMatch(/<testsuites [^>]*tests="1" failures="0" errors="1"/);
    expect(xml).toContain('the stack did not start');
  });
});

describe('what became of the stack’s files', () => {
  const told = (files: FilesVerdict): string => {
    const xml = reportJunit(withFiles(passed(), files));
    wellFormed(xml);
    return /<testsuites [^>]*/.exec(xml)?.[0] ?? '';
  };
  it('is a case of its own, where it isn’t that nothing is wrong', () => {
    expect(told({ wrong: 0, unchecked: null })).toContain('failures="0" errors="0"');
    expect(told({ wrong: 2, unchecked: null })).toContain('failures="1" errors="0"');
    expect(told({ wrong: 0, unchecked: 'no <room>' })).toContain('failures="0" errors="1"');
  });
});

describe('JSON', () => {
  it('keeps everything', () => expect(JSON.parse(reportJson(failed()))).toEqual(failed()));
  it("doesn't depend on the order in which things were put in", () => {
    const j = failed();
    const turned = Object.fromEntries(
      Object.entries({
        ...j,
        versions: { k6: '1.0', prometheus: '3.1' },
        verdicts: j.verdicts.map((v) => Object.fromEntries(Object.entries(v).reverse())),
      }).reverse(),
    ) as unknown as Judgement;
    expect(reportJson(turned)).toBe(reportJson(j));
    expect(reportJson(j)).toMatch(/\n {2}"outcome": "fail",\n[\s\S]*\}\n$/);
  });
});
