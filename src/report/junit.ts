import module from 'junit-report-builder';
import type { Builder } from 'junit-report-builder';
import { formatSource } from '../model/source.ts';
import type { Finding, Judgement } from '../model/verdict.ts';

// The package's types say that its default export is wrapped once more than it is at run time.
const builder = module as unknown as Builder;

/** JUnit's XML, for CI systems: a suite per alert, a case per verdict; inconclusive is an error, so that no CI takes it for a pass. */
export function reportJunit(judgement: Judgement): string {
  const report = builder.newBuilder();
  for (const alert of [...new Set(judgement.verdicts.map((v) => v.alert))]) {
    const suite = report.testSuite().name(alert);
    for (const verdict of judgement.verdicts.filter((v) => v.alert === alert)) {
      const testCase = suite.testCase().className(verdict.track).name(verdict.expectation);
      if (verdict.finding?.source) testCase.file(verdict.finding.source.file);
      if (verdict.finding && verdict.outcome === 'fail') testCase.failure(text(verdict.finding), verdict.finding.id);
      if (verdict.finding && verdict.outcome === 'inconclusive') testCase.error(verdict.finding.title, verdict.finding.id, text(verdict.finding));
    }
  }
  return report.build();
}

function text(finding: Finding): string {
  return [finding.title, finding.source ? formatSource(finding.source) : '', finding.query ?? '', `expected: ${finding.expected}`, `seen: ${finding.seen}`, `likely: ${finding.likelyCause}`].filter(Boolean).join('\n');
}
