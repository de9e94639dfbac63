import { formatSource } from '../../model/source.ts';
import type { ProofJudgement } from '../../model/proof-verdict.ts';
import { markdown, table } from '../markdown.ts';
import { seconds } from '../text.ts';
import {
  UNSOLVED,
  contractWords,
  doubtsOf,
  findingsOf,
  interruptedText,
  proofVerdict,
} from './words.ts';

/** Nobody reads on; the report has all. */
const MOST_ROWS = 100;
const SIGNS = { pass: '✅', fail: '❌', inconclusive: '⚠️' };

/**
 * A proof as a page of Markdown: the verdict, what failed, what can't be judged. @param stackPath
 * from the repository's root
 */
export function proofSummary(judgement: ProofJudgement, stackPath: string): string {
  const inRepository = (file: string): string => (stackPath === '' ? file : `${stackPath}/${file}`);
  const findings = findingsOf(judgement).map(({ alert, finding }) => [
    finding.level === 'failure' ? '❌' : '💡',
    ...[
      alert ?? 'the stack',
      finding.id,
      finding.source
        ? formatSource({ ...finding.source, file: inRepository(finding.source.file) })
        : '',
      finding.expected,
      finding.seen,
      finding.likelyCause,
    ].map(markdown),
  ]);
  const unsolved = judgement.unsolved.map(({ alert, kind, reason }) => [
    kind === 'unsatisfiable' ? '❌' : '⚠️',
    ...[
      alert.name,
      UNSOLVED[kind],
      `${inRepository(alert.file)}:${alert.line}`,
      '',
      reason,
      '',
    ].map(markdown),
  ]);
  const rows = [...findings, ...unsolved];
  return `${[
    `## ${SIGNS[judgement.outcome]} ${proofVerdict(judgement)}`,
    `Stack ${markdown(judgement.stackName)}, ${contractWords(judgement)}, ${judgement.speed} ` +
      `times as fast as real time, ${seconds(judgement.wallMs)}.`,
    ...(judgement.interruption === null
      ? []
      : [`⚠️ ${interruptedText(markdown(judgement.interruption))}`]),
    ...doubtsOf(judgement).map(
      ({ why, names }) => `⚠️ ${names.length} could not be judged: ${markdown(why)}`,
    ),
    ...(rows.length === 0
      ? []
      : [
          table(
            ['', 'alert', 'finding', 'where', 'expected', 'seen', 'likely cause'],
            rows.slice(0, MOST_ROWS),
          ),
        ]),
    ...(rows.length > MOST_ROWS ? [`… and ${rows.length - MOST_ROWS} more, in report.json.`] : []),
    ...judgement.notes.map((note) => `- ${markdown(note)}`),
  ].join('\n\n')}\n`;
}
