import { picked } from '../lib/picked.ts';
import type { Expectation } from '../model/expectation.ts';
import type { Finding } from '../model/finding.ts';
import type { Judgement, Verdict } from '../model/verdict.ts';

/**
 * The judgement as JSON for machines: indented, keys always in the same order, so that two reports
 * can be compared line by line.
 */
export function reportJson(judgement: Judgement): string {
  const { counts, versions, verdicts } = judgement;
  const ordered: Judgement = {
    ...picked(judgement, 'schemaVersion', 'runId', 'stackName', 'speed', 'outcome', 'exitCode'),
    ...picked(judgement, 'selection', 'interruption', 'files', 'notJudged'),
    counts: picked(counts, 'pass', 'fail', 'inconclusive'),
    ...picked(judgement, 'wallMs', 'criticalPathMs'),
    versions: Object.fromEntries(Object.entries(versions).sort(([a], [b]) => (a < b ? -1 : 1))),
    verdicts: verdicts.map(verdictJson),
  };
  return `${JSON.stringify(ordered, null, 2)}\n`;
}

function verdictJson(verdict: Verdict): Verdict {
  const { expectation, finding } = verdict;
  const { kind, subject, phase, ...more } = expectation;
  return {
    // Spreading it anew loses which kind has which keys; nothing but their order is changed.
    expectation: { kind, subject, phase, ...more } as Expectation,
    ...picked(verdict, 'outcome', 'measured', 'figure'),
    ...(finding ? { finding: findingJson(finding) } : {}),
  };
}

function findingJson(finding: Finding): Finding {
  const { source } = finding;
  return {
    ...picked(finding, 'id', 'title'),
    source: source && picked(source, 'file', 'line', 'column'),
    ...picked(finding, 'query', 'expected', 'seen', 'likelyCause'),
  };
}
