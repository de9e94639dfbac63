import type { UnreadReason } from '../model/check.ts';
import type { Prometheus } from './prometheus.ts';
import type { Rule } from './rules.ts';
import { isFilledInFirst, isHelmTemplate, isJinjaTemplate, isOfPrometheus1 } from './unrendered.ts';
import type { Kind } from './kinds.ts';
import type { StackDocument } from './source/documents.ts';
import type { SourceFile } from './source/source-file.ts';

/** A file that was not taken. */
export interface Unread {
  file: SourceFile;
  reason: UnreadReason;
}

/** By these words in its path a broken file is one of the stack. */
const OURS =
  /(^|[/._-])(prometheus|alertmanager|alerts?|alerting|rules?|grafana|dashboards?|provisioning|datasources?|compose|contract|check)([/._-]|$)/i;

/** Looked at, but for what the reason names. */
const PARTLY_READ = new Set<UnreadReason>(['metricsql']);
const JINJA_FILE = /\.(j2|jinja2?)$/;

/**
 * Which files are of the stack, those within others too, and which were not taken.
 * @param prometheus what they name as rule files is of the stack, whatever it is called
 */
export function unreadOf(
  files: SourceFile[],
  sorted: { all: () => Iterable<[StackDocument, Kind | undefined]> },
  rules: Rule[],
  prometheus: Prometheus[],
): { relevant: SourceFile[]; unread: Unread[] } {
  const kinds = new Map<SourceFile, Set<Kind | undefined>>();
  const inner = new Map<SourceFile, Set<SourceFile>>();
  const named = namedRuleFiles(prometheus);
  for (const [{ file }, kind] of sorted.all()) {
    const outer = file.embedding?.outer ?? file;
    kinds.set(outer, (kinds.get(outer) ?? new Set()).add(kind));
    // A broken file in a ConfigMap is known by its name alone.
    if (file !== outer && (kind !== undefined || OURS.test(file.name) || named.has(file)))
      inner.set(outer, (inner.get(outer) ?? new Set()).add(file));
  }
  const foreign = new Set(
    rules.filter(({ expression }) => expression.isForeign).map(({ group }) => group.file),
  );
  const relevant: SourceFile[] = [];
  const unread: Unread[] = [];
  for (const file of files) {
    const reason =
      reasonOf(file, [...(kinds.get(file) ?? [])]) ?? (foreign.has(file) ? 'metricsql' : undefined);
    if (reason !== undefined) unread.push({ file, reason });
    const isRead = reason === undefined || PARTLY_READ.has(reason);
    const isMeant = OURS.test(file.path) || named.has(file);
    if (isRead || (isMeant && !file.unseen && !isUnrendered(file)))
      relevant.push(file, ...(inner.get(file) ?? []));
  }
  return { relevant, unread };
}

/** What the configurations load as rule files. */
export function namedRuleFiles(prometheus: Prometheus[]): Set<SourceFile> {
  return new Set(prometheus.flatMap((one) => one.ruleFiles.flatMap(({ files }) => files ?? [])));
}

/** Whether a file is another program's template: what it holds is known once it is rendered. */
export function isUnrendered(file: SourceFile): boolean {
  return templateKind(file) !== undefined;
}

function templateKind({ kind, name, text }: SourceFile): UnreadReason | undefined {
  if (JINJA_FILE.test(name)) return 'jinja-template';
  if (isFilledInFirst(name, text)) return 'filled-in-first';
  if (kind !== 'yaml') return undefined;
  if (isHelmTemplate(text)) return 'helm-template';
  if (isJinjaTemplate(text)) return 'jinja-template';
  return isOfPrometheus1(text) ? 'prometheus-1-rules' : undefined;
}

function reasonOf(file: SourceFile, kinds: (Kind | undefined)[]): UnreadReason | undefined {
  if (file.unseen) return file.unseen;
  const isTaken = kinds.some((kind) => kind !== undefined && kind !== 'lokiRules');
  const template = templateKind(file);
  if (template) return template;
  if (isTaken) return undefined;
  if (kinds.includes('lokiRules')) return 'loki-rules';
  return file.errors.length > 0 ? 'broken' : 'not-of-a-stack';
}
