import type { Log, ReportingDescriptor, Result } from 'sarif';
import type { CheckFinding, CheckResult, Level, RuleInfo } from '../../model/check.ts';

const LEVELS: Record<Level, 'error' | 'warning' | 'note'> = {
  error: 'error',
  warning: 'warning',
  advice: 'note',
};

/**
 * The findings as SARIF 2.1.0 (docs.oasis-open.org/sarif), for code scanning.
 * @param prefix the stack's folder relative to the repository, with a slash at its end, or nothing; or a `file:` URL
 */
export function checkSarif({ findings, rules }: CheckResult, prefix: string): string {
  const used = rules.filter((rule) => findings.some((f) => f.rule === rule.id));
  const log: Log = {
    version: '2.1.0',
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json',
    runs: [
      {
        tool: { driver: { name: 'gtv-check', rules: used.map(descriptor) } },
        columnKind: 'utf16CodeUnits',
        results: findings.map((f) =>
          result(
            f,
            used.findIndex((rule) => rule.id === f.rule),
            prefix,
          ),
        ),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function descriptor({ id, level, title, why, mend }: RuleInfo): ReportingDescriptor {
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: mend },
    defaultConfiguration: { level: LEVELS[level] },
  };
}

function result(f: CheckFinding, ruleIndex: number, prefix: string): Result {
  return {
    ruleId: f.rule,
    ...(ruleIndex >= 0 ? { ruleIndex } : {}),
    level: LEVELS[f.level],
    message: { text: `${f.title}. ${f.why} ${f.mend}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: {
            uri: `${prefix.startsWith('file:') ? prefix : encoded(prefix)}${encoded(f.file)}`,
          },
          region: {
            startLine: f.line,
            startColumn: f.column,
            endLine: f.endLine,
            endColumn: f.endColumn,
          },
        },
      },
    ],
  };
}

/** A path as a URI: what would begin a query or a fragment, too. */
function encoded(path: string): string {
  return encodeURI(path).replaceAll('#', '%23').replaceAll('?', '%3F');
}
