import type { CheckFinding } from '../model/check.ts';
import type { Plan } from '../model/plan.ts';

/** What is wrong in a stack's files, by whether it makes a run fail. */
export interface FilesJudged {
  /** In files that what is proved depends on. */
  own: CheckFinding[];
  /** In files of something else, where only a part was to be proved: told, and no failure. */
  others: CheckFinding[];
}

/**
 * Parts what is wrong in a stack's files by what was to be proved: a rule file or a dashboard is
 * somebody else's when none of its alerts and panels was selected; all other files (the contract,
 * scraping, routing) are everybody's.
 * @param selection what was asked for, in words; null: everything, and every file counts
 */
export function filesJudged(
  findings: CheckFinding[],
  plan: Plan,
  selection: string | null,
): FilesJudged {
  if (selection === null) return { own: findings, others: [] };
  const proved = new Set([
    ...plan.tracks.map(({ alert }) => plan.rules[alert]?.file),
    ...plan.panels.map(({ source }) => source.file),
  ]);
  const parted = new Set([
    ...Object.values(plan.rules).map(({ file }) => file),
    ...findings.map(({ file }) => file).filter((file) => DASHBOARD.test(file)),
  ]);
  const isOthers = ({ file }: CheckFinding): boolean => parted.has(file) && !proved.has(file);
  return {
    own: findings.filter((finding) => !isOthers(finding)),
    others: findings.filter(isOthers),
  };
}

/** Dashboards are the only JSON of a stack that a run reads. */
const DASHBOARD = /\.json$/;
