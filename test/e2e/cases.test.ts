import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { changedStack, findingsOfCases, groupsOfCases } from '../support/cases.ts';
import type { Case } from '../support/cases.ts';
import { VERIFY_MS, verify } from '../support/cli.ts';
import { aboutOf } from '../support/expectations.ts';

/** The ids of everything that did not pass, by track, of one run with all changes of a group. */
async function findingsOf(
  cases: Case[],
): Promise<{ exitCode: number | undefined; findings: Record<string, string[]>; output: string }> {
  const stack = changedStack(cases.flatMap((c) => c.changes));
  const { exitCode, output, report } = await verify(['--stack', stack]);
  rmSync(stack, { recursive: true });
  const findings: Record<string, string[]> = {};
  for (const v of report.verdicts) if (v.finding) (findings[aboutOf(v)] ??= []).push(v.finding.id);
  return { exitCode, findings, output };
}

describe.each(groupsOfCases())(
  'stacks that must fail, run on the real components: $run',
  ({ cases }) => {
    it(
      `${cases.map((c) => c.name).join(', ')}: each exactly its findings, and nothing else`,
      { timeout: VERIFY_MS },
      async () => {
        const { exitCode, findings, output } = await findingsOf(cases);
        expect(findings, output).toEqual(findingsOfCases(cases));
        expect(exitCode).toBe(1);
      },
    );
  },
);
