import type { CheckFinding, CheckResult } from '../model/check.ts';

/**
 * Findings that were there when a baseline was written: they are left out until somebody mends
 * them.
 */
export interface Baseline {
  schemaVersion: 1;
  findings: { fingerprint: string; rule: string; file: string; title: string }[];
}

/** A baseline that holds these findings: what it holds is left out from then on. */
export function baselineOf(findings: CheckFinding[]): Baseline {
  return {
    schemaVersion: 1,
    findings: findings.map(({ fingerprint = '', rule, file, title }) => ({
      fingerprint,
      rule,
      file,
      title,
    })),
  };
}

/** Whether a value read from a file is one. */
export function isBaseline(value: unknown): value is Baseline {
  if (typeof value !== 'object' || value === null) return false;
  const { schemaVersion, findings } = value as Partial<Baseline>;
  return (
    schemaVersion === 1 &&
    Array.isArray(findings) &&
    findings.every((one) => typeof (one as { fingerprint?: unknown }).fingerprint === 'string')
  );
}

/**
 * The result without what the baseline holds; how much that was, and how much of the baseline is no
 * longer there.
 */
export function withoutBaseline(result: CheckResult, baseline: Baseline): CheckResult {
  const old = new Set(baseline.findings.map(({ fingerprint }) => fingerprint));
  const findings = result.findings.filter(({ fingerprint = '' }) => !old.delete(fingerprint));
  return {
    ...result,
    findings,
    baseline: { left: result.findings.length - findings.length, gone: old.size },
  };
}
