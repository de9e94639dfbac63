import { isAbsolute, join, relative } from 'node:path';
import type { InputProblem } from '../lib/errors.ts';
import { titleOf } from '../model/expectation-kinds.ts';
import { subjectId } from '../model/expectation.ts';
import type { SourceRef } from '../model/source.ts';
import type { Judgement } from '../model/verdict.ts';
import { findingOf, findingPlain, grouped } from './findings-text.ts';
import { workflowCommand } from './workflow-command.ts';

/** Where the stack's files lie, for a place that GitHub can open. Both absolute. */
export interface Places {
  stackDir: string;
  /** The root of the checked-out repository. */
  rootDir: string;
}

/**
 * The judgement as GitHub's workflow commands, one a line: an error for each failure, a warning for
 * what couldn't be judged (several of the same reason are one). None when all passed.
 */
export function annotations(judgement: Judgement, places: Places): string[] {
  const failed = judgement.verdicts.filter((v) => v.outcome === 'fail');
  const doubted = grouped(judgement.verdicts.filter((v) => v.outcome === 'inconclusive'));
  const errors = failed.map((verdict) => {
    const finding = findingOf(verdict);
    return placedCommand('error', finding.title, findingPlain(verdict), finding.source, places);
  });
  const warnings = doubted.flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const finding = findingOf(first);
    const title =
      group.length === 1
        ? finding.title
        : `${group.length} could not be judged: ${titleOf(first.expectation)}`;
    const others =
      group.length === 1
        ? ''
        : `\nall of:   ${group.map((v) => subjectId(v.expectation.subject)).join(', ')}`;
    return [
      placedCommand(
        'warning',
        title,
        `${findingPlain(first)}${others}`,
        group.length === 1 ? finding.source : null,
        places,
      ),
    ];
  });
  if (judgement.verdicts.length === 0)
    warnings.push(
      placedCommand(
        'warning',
        'Nothing was judged',
        judgement.interruption ?? 'no verdict was reached',
        null,
        places,
      ),
    );
  return [...errors, ...warnings];
}

/** What is wrong with the stack's files before anything was started, as errors. */
export function problemAnnotations(problems: InputProblem[], places: Places): string[] {
  return problems.map(({ source, message, expected }) =>
    placedCommand('error', message, `${message}\nexpected: ${expected}`, source, places),
  );
}

/** A place outside of the repository is left out: GitHub couldn't open it. */
export function placedCommand(
  level: 'error' | 'warning',
  title: string,
  message: string,
  source: SourceRef | null,
  { stackDir, rootDir }: Places,
): string {
  const file = source && relative(rootDir, join(stackDir, source.file));
  const inside = file && !isAbsolute(file) && file.split('/')[0] !== '..';
  const place = source && inside ? { file, line: source.line, col: source.column } : {};
  return workflowCommand(level, { ...place, title }, message);
}
