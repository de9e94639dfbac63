import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { casesOf, changedStack } from '../support/cases.ts';
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

describe.each(['faults', 'measures', 'watchdog'])(
  'stacks that must fail, run on the real components: %s',
  (run) => {
    const cases = casesOf(run);

    it(
      `${cases.map((c) => c.name).join(', ')}: each exactly its findings, and nothing else`,
      { timeout: VERIFY_MS },
      async () => {
        const { exitCode, findings, output } = await findingsOf(cases);
        expect(findings, output).toEqual(Object.assign({}, ...cases.map((c) => c.findings)));
        expect(exitCode).toBe(1);
      },
    );
  },
);
