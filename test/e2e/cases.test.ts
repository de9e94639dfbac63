import { describe, it } from 'vitest';
import { allCases } from '../support/cases.ts';
import { VERIFY_MS } from '../support/cli.ts';
import { expectTheirFindings } from '../support/verified-cases.ts';

describe('stacks that must fail, in one run on the real components', () => {
  const { together } = allCases();
  it(
    `${together.map((c) => c.name).join(', ')}: each exactly its findings, and nothing else`,
    { timeout: VERIFY_MS },
    () => expectTheirFindings(together),
  );
});
