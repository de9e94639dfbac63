import { picked } from '../../lib/picked.ts';
import type { CheckResult } from '../../model/check.ts';

/**
 * The result for machines; keys always in the same order. Offsets of fixes are left out: `--fix`
 * applies them.
 */
export function checkJson(result: CheckResult, dir: string): string {
  const { findings, switchedOff, looked, unread, baseline, unanswered, promises } = result;
  const count = (level: string): number => findings.filter((f) => f.level === level).length;
  return `${JSON.stringify(
    {
      schemaVersion: 1,
      dir,
      looked,
      switchedOff,
      ...(baseline === undefined ? {} : { baseline }),
      unread,
      ...(unanswered === undefined ? {} : { unanswered }),
      counts: { error: count('error'), warning: count('warning'), advice: count('advice') },
      findings: findings.map((finding) => ({
        ...picked(finding, 'rule', 'level', 'file', 'line', 'column', 'endLine', 'endColumn'),
        ...picked(finding, 'subject', 'title', 'why', 'mend'),
        fixable: finding.fix !== undefined,
        fingerprint: finding.fingerprint,
      })),
      ...(promises === undefined ? {} : { promises }),
    },
    null,
    2,
  )}\n`;
}
