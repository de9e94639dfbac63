import { createHash } from 'node:crypto';
import type { CheckFile, CheckFinding } from '../model/check.ts';

/**
 * Gives each finding a name that stays the same while lines are added or taken away elsewhere: made
 * of its rule, file, subject and the line that it stands on; equal ones are numbered.
 * @param files the stack's files, as they were judged
 */
export function withFingerprints(
  findings: CheckFinding[],
  files: Pick<CheckFile, 'path' | 'text'>[],
): CheckFinding[] {
  const lines = new Map(files.map(({ path, text }) => [path, text.split('\n')]));
  const seen = new Map<string, number>();
  return findings.map((one) => {
    const line = lines.get(one.file)?.[one.line - 1]?.trim() ?? '';
    const hash = createHash('sha256')
      .update([one.rule, one.file, one.subject ?? '', line].join('\0'))
      .digest('hex')
      .slice(0, 16);
    const times = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, times);
    return { ...one, fingerprint: `${hash}:${times}` };
  });
}
