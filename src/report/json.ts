import type { Expectation } from '../model/expectation.ts';
import type { Finding } from '../model/finding.ts';
import type { Judgement, Verdict } from '../model/verdict.ts';

/**
 * The judgement as JSON for machines: indented, keys always in the same order, so that two reports
 * can be compared line by line.
 */
export function reportJson(judgement: Judgement): string {
  const {
    schemaVersion,
    runId,
    stackName,
    speed,
    outcome,
    exitCode,
    selection,
    interruption,
    notJudged,
    counts,
    wallMs,
    criticalPathMs,
    versions,
    verdicts,
  } = judgement;
  const ordered: Judgement = {
    schemaVersion,
    runId,
    stackName,
    speed,
    outcome,
    exitCode,
    selection,
    interruption,
    notJudged,
    counts: { pass: counts.pass, fail: counts.fail, inconclusive: counts.inconclusive },
    wallMs,
    criticalPathMs,
    versions: Object.fromEntries(Object.entries(versions).sort(([a], [b]) => (a < b ? -1 : 1))),
    verdicts: verdicts.map(verdictJson),
  };
  return `${JSON.stringify(ordered, null, 2)}\n`;
}

function verdictJson(verdict: Verdict): Verdict {
  const { expectation, outcome, measured, figure, finding } = verdict;
  const { kind, subject, phase, ...more } = expectation;
  return {
    // Spreading it anew loses which kind has which keys; nothing but their order is changed.
    expectation: { kind, subject, phase, ...more } as Expectation,
    outcome,
    ...(measured === undefined ? {} : { measured }),
    ...(figure === undefined ? {} : { figure }),
    ...(finding ? { finding: findingJson(finding) } : {}),
  };
}

function findingJson(finding: Finding): Finding {
  const { id, title, source, query, expected, seen, likelyCause } = finding;
  return {
    id,
    title,
    source: source && { file: source.file, line: source.line, column: source.column },
    query,
    expected,
    seen,
    likelyCause,
  };
}
