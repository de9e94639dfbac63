import type { AlertProof, ProofFinding, ProofJudgement } from '../../model/proof-verdict.ts';
import type { Miniature, Unsolved } from '../../model/recipe.ts';
import { colors, count, harmless, labelled, proseWidth, seconds, wrap } from '../text.ts';
import type { Colors } from '../text.ts';
import { UNSOLVED, contractWords, doubtsOf, interruptedText } from './words.ts';

export interface ProofTextOptions {
  color: boolean;
  /** Columns of the terminal. */
  width: number;
  runDir: string;
}

const MARKS = { proved: '✓', virtual: '◐', failed: '✗', inconclusive: '?' };
/** More alerts than this aren't listed when all is well with them. */
const MOST_LISTED = 60;
const LONGEST_MESSAGE = 400;
const LONGEST_REASON = 1_500;
/** Names of alerts in one line. */
const MOST_NAMED = 6;

/**
 * What an engineer reads after a proof: a line for each alert, what failed in full, what wasn't
 * judged, the verdict.
 */
export function proofText(judgement: ProofJudgement, options: ProofTextOptions): string {
  const c = colors(options.color);
  const width = proseWidth(options.width);
  const { proofs, unsolved } = judgement;
  const open = proofs.filter(({ outcome }) => outcome === 'failed' || outcome === 'inconclusive');
  const listed =
    proofs.length > MOST_LISTED ? open.filter(({ outcome }) => outcome === 'failed') : proofs;
  const parts = [
    heading(judgement, c, width),
    listed.flatMap((proof) => lines(proof, c, width)).join('\n'),
    doubts(judgement, c, width),
    unsolved.map((one) => unsolvedLines(one, c, width)).join('\n'),
    ...open.filter(({ outcome }) => outcome === 'failed').map((proof) => failure(proof, c, width)),
    judgement.findings.map((finding) => findingText(finding, c, width)).join('\n'),
    judgement.notes
      .flatMap((note) => wrap(`Note: ${note}.`, width))
      .map((text) => c.dim(text))
      .join('\n'),
    verdict(judgement, c, options),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function heading(judgement: ProofJudgement, c: Colors, width: number): string {
  const { interruption } = judgement;
  const early = interruption === null ? [] : wrap(interruptedText(harmless(interruption)), width);
  return [
    ...wrap(headline(judgement), width).map((text) => c.bold(text)),
    ...early.map((text) => c.yellow(text)),
  ].join('\n');
}

function headline(judgement: ProofJudgement): string {
  const { stackName, speed } = judgement;
  return (
    `${stackName}, ${contractWords(judgement)}, at speed ${speed}: 1 s of the run is ${speed} s ` +
    "of the stack's own time"
  );
}

/** What several alerts couldn't be judged for, once; the names of a few. */
function doubts(judgement: ProofJudgement, c: Colors, width: number): string {
  return doubtsOf(judgement)
    .flatMap(({ why, names }) => {
      const some = names.slice(0, MOST_NAMED).join(', ');
      const others = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
      return [
        ...marked(
          c.yellow(MARKS.inconclusive),
          `${count(names.length, 'alert')} not judged: ${harmless(some)}${others}`,
          width,
        ),
        ...wrap(`      ${harmless(why).slice(0, LONGEST_REASON)}`, width),
      ];
    })
    .join('\n');
}

function lines(proof: AlertProof, c: Colors, width: number): string[] {
  const { alert, outcome, firedAfterMs, toldAfterMs, receivers, why, findings } = proof;
  const mark = { proved: c.green, virtual: c.green, failed: c.red, inconclusive: c.yellow }[
    outcome
  ](MARKS[outcome]);
  const facts = [
    firedAfterMs === null ? '' : `fired after ${seconds(firedAfterMs)}`,
    toldAfterMs === null ? '' : `${receivers.join(' and ')} told after ${seconds(toldAfterMs)}`,
    outcome === 'failed' ? findings.map(({ id }) => id).join(', ') : '',
    why === '' || outcome === 'inconclusive' ? '' : harmless(why),
  ].filter(Boolean);
  return marked(mark, [harmless(alert.name), facts.join('; ')].filter(Boolean).join(': '), width);
}

/** A text behind its mark; its further lines stand below its words. */
function marked(mark: string, text: string, width: number): string[] {
  return labelled(mark, text, { indent: 2, labelWidth: 2, width, paint: (label) => `${label} ` });
}

function unsolvedLines(unsolved: Unsolved, c: Colors, width: number): string {
  const words = UNSOLVED[unsolved.kind];
  const { name, file, line: at } = unsolved.alert;
  const mark = unsolved.kind === 'unsatisfiable' ? c.red('✗') : c.yellow('?');
  const question = unsolved.kind === 'needs-word' ? ` ${unsolved.question}` : '';
  return [
    ...marked(mark, `${harmless(name)}: ${words} (${file}:${at})`, width),
    ...wrap(`      ${harmless(unsolved.reason)}${question}`, width),
    ...(unsolved.kind === 'unsatisfiable' && unsolved.miniature
      ? wrap(`      ${harmless(inMiniature(unsolved.miniature))}`, width)
      : []),
  ].join('\n');
}

/** What promtool has seen of a rule that can never fire. */
function inMiniature({ gives, nothing }: Miniature): string {
  const there = [...new Set(gives.map(({ expr }) => `\`${expr}\``))].join(' and ');
  const [part] = nothing;
  const has = there === '' ? '' : `there is something for ${there}, and still `;
  return `confirmed by promtool: ${has}\`${part?.expr ?? ''}\` gives nothing`;
}

function failure({ alert, findings }: AlertProof, c: Colors, width: number): string {
  return findings
    .map(
      (finding) =>
        `${c.red('✗')} ${c.bold(harmless(alert.name))}\n${findingText(finding, c, width)}`,
    )
    .join('\n');
}

function findingText(finding: ProofFinding, c: Colors, width: number): string {
  const layout = { indent: 4, labelWidth: 10, width, paint: c.dim };
  const place = finding.source ? `${finding.source.file}:${finding.source.line}` : '';
  return [
    `  ${finding.level === 'advice' ? 'advice: ' : ''}${finding.id}${place === '' ? '' : `  ${place}`}`,
    ...labelled('expected', finding.expected, layout),
    ...labelled('seen', harmless(finding.seen).slice(0, LONGEST_MESSAGE), layout),
    ...labelled('cause', harmless(finding.likelyCause).slice(0, LONGEST_MESSAGE), layout),
  ].join('\n');
}

function verdict(
  judgement: ProofJudgement,
  c: Colors,
  { runDir, width }: ProofTextOptions,
): string {
  const of = (outcome: AlertProof['outcome']): number =>
    judgement.proofs.filter((proof) => proof.outcome === outcome).length;
  const unsolvable = judgement.unsolved.filter(({ kind }) => kind === 'unsatisfiable').length;
  const word = {
    pass: c.bold(c.green('PASSED')),
    fail: c.bold(c.red('FAILED')),
    inconclusive: c.bold(c.yellow('INCONCLUSIVE')),
  }[judgement.outcome];
  const text = [
    `${of('proved')} of ${count(judgement.alerts, 'alert')} proved live`,
    `${of('virtual')} in virtual time only`,
    `${of('failed')} failed`,
    `${of('inconclusive')} inconclusive`,
    `${unsolvable} can never fire`,
    `${judgement.unsolved.length - unsolvable} not understood`,
  ].join(', ');
  return [
    ...wrap(`${word}: ${text}; ${seconds(judgement.wallMs)}`, proseWidth(width)),
    `  run folder   ${runDir}`,
    `  exit code    ${judgement.exitCode}`,
  ].join('\n');
}
