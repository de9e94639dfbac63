import junit from 'junit-report-builder';
import type { Builder, TestCase } from 'junit-report-builder';
import { groupBy } from '../lib/group-by.ts';
import { titleOf } from '../model/expectation-kinds.ts';
import { subjectId, subjectName } from '../model/expectation.ts';
import type { FilesVerdict, Judgement, Verdict } from '../model/verdict.ts';
import { findingOf, findingPlain } from './findings-text.ts';
import { count } from './text.ts';

// The package's types tell of a `default` member that its CommonJS build doesn't have: what is
// imported is the builder itself.
const builder = junit as unknown as Builder;

/**
 * The judgement as JUnit XML: a suite for each alert, metric and dashboard, a case for each
 * verdict. What couldn't be judged is an error, never skipped: a skipped case lets a pipeline go
 * on.
 */
export function reportJunit(judgement: Judgement): string {
  const report = builder.newBuilder().name(`${judgement.stackName} ${judgement.runId}`);
  const bySubject = groupBy(judgement.verdicts, (v) => subjectName(v.expectation.subject));
  for (const [subject, verdicts] of bySubject) {
    const suite = report.testSuite().name(subject);
    for (const verdict of verdicts) addCase(suite.testCase(), judgement, verdict);
  }
  if (judgement.files) addFiles(report, judgement.files);
  if (judgement.verdicts.length === 0) {
    // A report without a case is green everywhere.
    const why = clean(judgement.interruption ?? 'no verdict was reached');
    report
      .testSuite()
      .name('run')
      .testCase()
      .className(clean(judgement.stackName))
      .name('anything was judged')
      .error(why, 'could-not-judge', why);
  }
  return report.build();
}

/** What is wrong in the stack's files, or that they couldn't be checked, is a case of its own. */
function addFiles(report: Builder, { wrong, unchecked }: FilesVerdict): void {
  if (wrong === 0 && unchecked === null) return;
  const testCase = report.testSuite().name('files').testCase().className('files');
  testCase.name('nothing is wrong in the stack’s files');
  if (wrong > 0) testCase.failure(`${count(wrong, 'thing is', 'things are')} wrong`, 'check');
  else if (unchecked !== null) testCase.error('not checked', 'check', clean(unchecked));
}

function addCase(testCase: TestCase, judgement: Judgement, verdict: Verdict): void {
  testCase
    .className(clean(`${judgement.stackName}.${subjectId(verdict.expectation.subject)}`))
    .name(clean(titleOf(verdict.expectation)));
  if (verdict.measured !== undefined) testCase.standardOutput(clean(verdict.measured));
  if (verdict.outcome === 'pass') return;
  const finding = findingOf(verdict);
  if (finding.source) testCase.file(finding.source.file);
  if (verdict.outcome === 'fail')
    testCase.failure(clean(finding.title), finding.id).stacktrace(clean(findingPlain(verdict)));
  else testCase.error(clean(finding.title), finding.id, clean(findingPlain(verdict)));
}

/**
 * Half a surrogate pair (a text that was cut) is no XML; the end of a CDATA section mustn't come
 * from a recorded text.
 */
function clean(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '').replaceAll(']]>', ']] >');
}
