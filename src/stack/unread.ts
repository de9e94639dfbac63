import type { UnreadReason } from '../model/check.ts';
import { isHelmTemplate } from './helm.ts';
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

/** Which files are of the stack, those within others too, and which were not taken. */
export function unreadOf(
  files: SourceFile[],
  sorted: { all: () => Iterable<[StackDocument, Kind | undefined]> },
): { relevant: SourceFile[]; unread: Unread[] } {
  const kinds = new Map<SourceFile, Set<Kind | undefined>>();
  const inner = new Map<SourceFile, Set<SourceFile>>();
  for (const [{ file }, kind] of sorted.all()) {
    const outer = file.embedding?.outer ?? file;
    kinds.set(outer, (kinds.get(outer) ?? new Set()).add(kind));
    // A broken file in a ConfigMap is known by its name alone.
    if (file !== outer && (kind !== undefined || OURS.test(file.name)))
      inner.set(outer, (inner.get(outer) ?? new Set()).add(file));
  }
  const relevant: SourceFile[] = [];
  const unread: Unread[] = [];
  for (const file of files) {
    const reason = reasonOf(file, [...(kinds.get(file) ?? [])]);
    if (reason !== undefined) unread.push({ file, reason });
    const isRead = reason === undefined || reason === 'dashboard-v2';
    const isOurs = isRead || (reason !== 'helm-template' && OURS.test(file.path));
    if (isOurs) relevant.push(file, ...(inner.get(file) ?? []));
  }
  return { relevant, unread };
}

/** Whether a file is a template of Helm's: what it holds is known once it is rendered. */
export function isHelmFile(file: SourceFile): boolean {
  return file.kind === 'yaml' && isHelmTemplate(file.text);
}

function reasonOf(file: SourceFile, kinds: (Kind | undefined)[]): UnreadReason | undefined {
  const isTaken = kinds.some((kind) => kind !== undefined && kind !== 'lokiRules');
  if (isHelmFile(file)) return 'helm-template';
  if (kinds.includes('dashboardV2')) return 'dashboard-v2';
  if (isTaken) return undefined;
  if (kinds.includes('lokiRules')) return 'loki-rules';
  return file.errors.length > 0 ? 'broken' : 'not-of-a-stack';
}
