import type { Log, ReportingDescriptor, Result } from 'sarif';
import type { CheckFinding, CheckResult, Level, RuleInfo } from '../../model/check.ts';

const LEVELS: Record<Level, 'error' | 'warning' | 'note'> = {
  error: 'error',
  warning: 'warning',
  advice: 'note',
};

export interface SarifPlaces {
  /** The stack's folder relative to the root, with a slash at its end, or nothing. */
  prefix: string;
  /**
   * What paths are relative to, the repository or the folder that was named, as a URL with a slash
   * at its end.
   */
  root: string;
  /** Where the rules' pages lie, as a URL with a slash at its end. */
  pages: string;
}

/** What paths are relative to, by the name that code scanning gives it. */
const ROOT = '%SRCROOT%';

/** The findings as SARIF 2.1.0 (docs.oasis-open.org/sarif), for code scanning. */
export function checkSarif({ findings, rules }: CheckResult, places: SarifPlaces): string {
  const used = rules.filter((rule) => findings.some((f) => f.rule === rule.id));
  const log: Log = {
    version: '2.1.0',
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json',
    runs: [
      {
        tool: {
          driver: { name: 'gtv-check', rules: used.map((rule) => descriptor(rule, places.pages)) },
        },
        originalUriBaseIds: { [ROOT]: { uri: places.root } },
        columnKind: 'utf16CodeUnits',
        results: findings.map((f) =>
          result(
            f,
            used.findIndex((rule) => rule.id === f.rule),
            places.prefix,
          ),
        ),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function descriptor({ id, level, title, why, mend }: RuleInfo, pages: string): ReportingDescriptor {
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: mend },
    helpUri: `${pages}${id.replace('/', '-')}.md`,
    defaultConfiguration: { level: LEVELS[level] },
  };
}

function result(f: CheckFinding, ruleIndex: number, prefix: string): Result {
  return {
    ruleId: f.rule,
    ...(ruleIndex >= 0 ? { ruleIndex } : {}),
    level: LEVELS[f.level],
    ...(f.fingerprint === undefined
      ? {}
      : { partialFingerprints: { 'gtvCheck/v1': f.fingerprint } }),
    message: { text: `${f.title}. ${f.why} ${f.mend}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: {
            uri: `${encoded(prefix)}${encoded(f.file)}`,
            uriBaseId: ROOT,
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
