import type { Judgement } from '../../model/verdict.ts';
import { count, harmless, labelled, seconds, wrap } from '../text.ts';
import type { Colors } from '../text.ts';

const EXIT_MEANING = { 0: 'everything is proven', 1: 'something failed', 2: "couldn't judge" };

/** What a conclusion says beside the verdict. */
interface Said {
  width: number;
  runDir: string;
  /** The versions of all programs too. */
  verbose: boolean;
}

/** The verdict in one line, and what can be done with the run. */
export function conclusion(judgement: Judgement, c: Colors, said: Said): string {
  const { width, runDir, verbose } = said;
  return [
    ...wrap(verdictLine(judgement, c), width),
    ...(judgement.selection === null
      ? []
      : wrap(`  Only a part of the stack was proved: ${judgement.selection}`, width).map((text) =>
          c.yellow(text),
        )),
    ...filesLines(judgement, c, width),
    // Paths and commands are not wrapped: they have to be copied in one piece.
    `  run folder   ${runDir}`,
    `  report       ${runDir.replace(/\/$/, '')}/report.html`,
    `  judge again  npm run judge -- ${quoted(runDir)}`,
    `  exit code    ${judgement.exitCode}: ${EXIT_MEANING[judgement.exitCode]}`,
    ...(verbose ? versionLines(judgement, width) : []),
  ].join('\n');
}

/** What became of the stack's files, where it isn't that nothing is wrong in them. */
function filesLines({ files }: Judgement, c: Colors, width: number): string[] {
  if (!files) return [];
  const { wrong, unchecked } = files;
  const text =
    wrong > 0
      ? `${count(wrong, 'thing is', 'things are')} wrong in the stack's files, told below`
      : unchecked === null
        ? ''
        : `the stack's files couldn't be checked: ${harmless(unchecked)}`;
  if (text === '') return [];
  const lines = labelled('files', text, { indent: 2, labelWidth: 13, width });
  return lines.map((line) => (wrong > 0 ? c.red(line) : c.yellow(line)));
}

function verdictLine(judgement: Judgement, c: Colors): string {
  const { counts, criticalPathMs, wallMs } = judgement;
  const total = counts.pass + counts.fail + counts.inconclusive;
  const part = judgement.selection === null ? '' : 'PARTLY ';
  const word = {
    pass: c.bold(c.green(`${part}PASSED`)),
    fail: c.bold(c.red('FAILED')),
    inconclusive: c.bold(c.yellow('INCONCLUSIVE')),
  }[judgement.outcome];
  const ratio =
    criticalPathMs > 0
      ? `, ${(wallMs / criticalPathMs).toFixed(2)} × the critical path of ${seconds(criticalPathMs)}`
      : '';
  return (
    `${word}: ${counts.fail} failed, ${counts.inconclusive} inconclusive, ${counts.pass} ` +
    `passed of ${count(total, 'expectation')}; ${seconds(wallMs)}${ratio}`
  );
}

function versionLines(judgement: Judgement, width: number): string[] {
  const versions = Object.entries(judgement.versions)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
  return versions === ''
    ? []
    : labelled('versions', versions, { indent: 2, labelWidth: 13, width });
}

/** As a shell takes it. */
function quoted(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
