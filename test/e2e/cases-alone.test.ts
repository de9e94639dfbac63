import { describe, it } from 'vitest';
import { allCases } from '../support/cases.ts';
import { VERIFY_MS } from '../support/cli.ts';
import { expectTheirFindings } from '../support/verified-cases.ts';

// What is left to judge of them hangs on no moment: others may run beside them.
describe('stacks that must fail, each in a run of its own on the real components', () => {
  it.each(allCases().alone)(
    '$name: exactly its findings, and nothing else',
    { timeout: VERIFY_MS },
    (one) => expectTheirFindings([one]),
  );
});
