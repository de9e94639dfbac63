import type { CheckFinding, RuleInfo } from '../model/check.ts';
import { finding } from './finding.ts';
import { ALERTMANAGER_IMAGE, PROMETHEUS_IMAGE, pinnedVersion } from '../stack/pinned.ts';
import type { Version } from '../stack/pinned.ts';
import type { Stack } from '../stack/index.ts';
import type { SourceFile } from '../stack/source/source-file.ts';

/** A file that a program can judge by itself: what it is, and the version that the stack pins. */
export interface RefusableFile {
  kind: 'rules' | 'prometheus' | 'alertmanager';
  path: string;
  pinned: Version | undefined;
  /** What its program is given in its place; undefined: the file itself. */
  text: string | undefined;
}

/** What a program said against a file. */
export interface Refusal {
  kind: RefusableFile['kind'];
  path: string;
  /** The program with its version, e.g. `promtool 3.5`. */
  program: string;
  /** In the program's own words. */
  words: string;
  /** Where the words name it; from 1. */
  line: number | undefined;
  /**
   * Whether the program is older than what the stack pins, or than what is current: it may not know
   * what is new.
   */
  isOlder: boolean;
}

export const refusedByProgram: RuleInfo = {
  id: 'check/refused-by-program',
  level: 'error',
  title: 'A file that the program itself refuses',
  why:
    'The program that reads it in production says so: it does not start with this file, or ' +
    'goes on with the old one.',
  mend: "Mend what the program's words name.",
};

/** By these an older program says that something is newer than itself. */
const UNKNOWN_TO_IT =
  /not found in type|unknown function|unknown (relabel )?action|unsupported|invalid label name|not defined|not enabled|experimental/;
/**
 * Told of a file, these are what its program refuses it for: in other words it need not be told
 * again.
 */
const TELLS_REFUSAL =
  /^(file\/syntax|promql\/(syntax|type|regex)|template\/syntax|alert\/|config\/|route\/)/;

/** What somebody puts in before the program reads it: `${TOKEN}`, `$TOKEN`, `<token>`. */
const TO_FILL_IN = /\$\{?[A-Z_][A-Z_\d]+\}?|[:=/"']\s*<[\w -]+>/;

/** Where no template is. */
const NO_FILE = '"/dev/null"';

/**
 * The files of a stack that their programs can be asked about: as they lie there, and with nothing
 * to fill in.
 */
export function refusable(stack: Stack): RefusableFile[] {
  const plain = (file: SourceFile): boolean =>
    !file.embedding && file.errors.length === 0 && !TO_FILL_IN.test(file.text);
  const prometheus = pinnedVersion(stack, PROMETHEUS_IMAGE);
  const alertmanager = pinnedVersion(stack, ALERTMANAGER_IMAGE);
  const of = (
    kind: RefusableFile['kind'],
    files: SourceFile[],
    pinned: Version | undefined,
  ): RefusableFile[] =>
    [...new Set(files)].filter(plain).map((file) => ({
      ...{ kind, path: file.path, pinned },
      text: kind === 'alertmanager' ? withoutTemplates(file) : undefined,
    }));
  return [
    ...of(
      'rules',
      stack.groups.filter((group) => !group.isResource).map(({ file }) => file),
      prometheus,
    ),
    ...of(
      'prometheus',
      stack.prometheus.filter(({ origin }) => origin === 'file').map(({ file }) => file),
      prometheus,
    ),
    ...of(
      'alertmanager',
      stack.alertmanagers.filter(({ partial }) => !partial).map(({ root }) => root.file),
      alertmanager,
    ),
  ];
}

/**
 * A configuration of Alertmanager that names no templates, line by line as it was: amtool would
 * read whatever they lead to, anywhere on this machine, and wait for a pipe without end. check
 * reads those of the stack itself.
 */
function withoutTemplates({ root, text }: SourceFile): string {
  return root
    .get('templates')
    .items()
    .flatMap(({ node }) => (node?.kind === 'scalar' ? [node] : []))
    .toSorted((a, b) => b.from - a.from)
    .reduce((rest, { from, to }) => rest.slice(0, from) + NO_FILE + rest.slice(to), text);
}

/** What programs refuse and nothing has been told of yet, as findings. */
export function refusalFindings(
  stack: Stack,
  told: CheckFinding[],
  refusals: Refusal[],
): CheckFinding[] {
  const known = new Set(
    told
      .filter(({ rule, level }) => level === 'error' && TELLS_REFUSAL.test(rule))
      .map(({ file }) => file),
  );
  return refusals
    .filter(
      ({ path, words, isOlder }) => !known.has(path) && !(isOlder && UNKNOWN_TO_IT.test(words)),
    )
    .flatMap(({ path, program, words, line }) => {
      const file = stack.files.find((one) => one.path === path);
      if (!file) return [];
      const at = line === undefined ? 0 : lineStart(file, line);
      return [
        finding(
          refusedByProgram,
          { file, from: at, to: at },
          `${program} refuses it: ${words}`,
          {},
        ),
      ];
    });
}

function lineStart({ text }: SourceFile, line: number): number {
  const before = text.split('\n').slice(0, line - 1);
  return before.reduce((sum, one) => sum + one.length + 1, 0);
}
