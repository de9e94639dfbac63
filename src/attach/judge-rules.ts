import type { LiveFinding, NotJudged } from '../model/attach.ts';
import type { Stack } from '../stack/index.ts';
import { rulesOfFiles } from './files-read.ts';
import { differentRules } from './findings/rules.ts';
import { unhealthyRules } from './findings/unhealthy.ts';
import type { LiveGroup } from './overview.ts';

/** What can be said of the rules that run without another question, the files at hand. */
export function judgeRules(
  groups: LiveGroup[],
  files: Stack | undefined,
): { findings: LiveFinding[]; notJudged: NotJudged[] } {
  const unhealthy = unhealthyRules(groups);
  if (!files) return unhealthy;
  const read = rulesOfFiles(files);
  const different = differentRules(groups, read);
  return {
    findings: [...unhealthy.findings, ...different.findings],
    notJudged: [...unhealthy.notJudged, ...read.notJudged, ...different.notJudged],
  };
}
