import { rmSync } from 'node:fs';
import { expect } from 'vitest';
import { changedStack, findingsOfCases } from './cases.ts';
import type { Case } from './cases.ts';
import { verify } from './cli.ts';
import { aboutOf } from './expectations.ts';

/** One run with all changes of these cases gives exactly their findings. */
export async function expectTheirFindings(cases: Case[]): Promise<void> {
  const stack = changedStack(cases.flatMap((c) => c.changes));
  const { exitCode, output, report } = await verify(['--stack', stack]);
  rmSync(stack, { recursive: true });
  const findings: Record<string, string[]> = {};
  for (const v of report.verdicts) if (v.finding) (findings[aboutOf(v)] ??= []).push(v.finding.id);
  // Of one alert's findings the surest is told first, and which that is hangs on the machine.
  expect(sorted(findings), output).toEqual(sorted(findingsOfCases(cases)));
  expect(exitCode).toBe(1);
}

function sorted(findings: Record<string, string[]>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(findings).map(([about, ids]) => [about, ids.toSorted()]),
  );
}
