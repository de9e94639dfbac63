import type { LiveResult } from '../../model/attach.ts';

/** A judgement of a running system for machines; keys always in the same order. */
export function attachJson(result: LiveResult): string {
  const count = (level: string): number =>
    result.findings.filter((finding) => finding.level === level).length;
  const { asked, looked, findings, notJudged } = result;
  return `${JSON.stringify(
    {
      schemaVersion: 1,
      asked,
      looked,
      counts: { error: count('error'), warning: count('warning'), advice: count('advice') },
      findings,
      notJudged,
    },
    null,
    2,
  )}\n`;
}
