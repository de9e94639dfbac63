import type { CheckFinding, RuleInfo } from '../model/check.ts';
import { finding } from './finding.ts';
import type { RefusableFile } from './refusable.ts';
import { TELL_REFUSAL } from './rules/refused.ts';
import type { Stack } from '../stack/index.ts';
import { prometheusFeatures } from '../stack/prometheus-flags.ts';
import type { SourceFile } from '../stack/source/source-file.ts';

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
  /not found in type|unknown function|unknown (relabel )?action|unsupported|unexpected identifier|invalid label name|not defined|not enabled|experimental|unknown long flag/;
/** What promtool alone is strict about: Prometheus takes a file beside what is written out. */
const PROMTOOLS_OWN = /client (cert|key) file .* specified without client (cert|key) file/;
/** By these a program says that something wants a flag. */
const WANTS_FLAG = /not enabled|must be enabled|is experimental/;

/** What programs refuse and nothing has been told of yet, as findings. */
export function refusalFindings(
  stack: Stack,
  told: CheckFinding[],
  refusals: Refusal[],
): CheckFinding[] {
  const known = new Set(
    told
      .filter(({ rule, level }) => level === 'error' && TELL_REFUSAL.has(rule))
      .map(({ file }) => file),
  );
  const features = prometheusFeatures(stack);
  return refusals
    .filter(
      ({ path, words, isOlder }) =>
        !known.has(path) &&
        !(isOlder && UNKNOWN_TO_IT.test(words)) &&
        !PROMTOOLS_OWN.test(words) &&
        !mayBeOn(words, features),
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

/**
 * Whether what is said to want a flag may have it: an older promtool doesn't know all flags itself.
 */
function mayBeOn(words: string, features: string[] | undefined): boolean {
  if (!WANTS_FLAG.test(words)) return false;
  if (!features) return true;
  return /\bfunctions?\b/.test(words)
    ? features.includes('promql-experimental-functions')
    : features.some((name) => name.startsWith('promql-'));
}

function lineStart({ text }: SourceFile, line: number): number {
  const before = text.split('\n').slice(0, line - 1);
  return before.reduce((sum, one) => sum + one.length + 1, 0);
}
