import type { CheckResult } from '../../model/check.ts';

/**
 * The result for machines; keys always in the same order. Offsets of fixes are left out: `--fix`
 * applies them.
 */
export function checkJson(result: CheckResult, dir: string): string {
  const { findings, switchedOff, looked, unread, baseline, promises } = result;
  const count = (level: string): number => findings.filter((f) => f.level === level).length;
  return `${JSON.stringify(
    {
      schemaVersion: 1,
      dir,
      looked,
      switchedOff,
      ...(baseline === undefined ? {} : { baseline }),
      unread,
      counts: { error: count('error'), warning: count('warning'), advice: count('advice') },
      findings: findings.map(
        ({
          rule,
          level,
          file,
          line,
          column,
          endLine,
          endColumn,
          subject,
          title,
          why,
          mend,
          fix,
          fingerprint,
        }) => ({
          rule,
          level,
          file,
          line,
          column,
          endLine,
          endColumn,
          ...(subject === undefined ? {} : { subject }),
          title,
          why,
          mend,
          fixable: fix !== undefined,
          fingerprint,
        }),
      ),
      ...(promises === undefined ? {} : { promises }),
    },
    null,
    2,
  )}\n`;
}
