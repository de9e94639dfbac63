import { posix } from 'node:path';
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Document, YAMLSeq } from 'yaml';
import type { StackFile } from '../model/spec.ts';

/** Lists of patterns of files that a configuration loads, by its path in the run's /etc. */
const LISTS: Record<string, string[]> = {
  'prometheus/prometheus.yml': ['rule_files', 'scrape_config_files'],
  'alertmanager/alertmanager.yml': ['templates'],
};

/**
 * A file of a run whose programs see the machine's own files: of a configuration, without patterns
 * that lead out of its folder. What stands elsewhere on this machine is none of the stack's, and
 * would be told in messages or logs.
 */
export function confined(file: StackFile): StackFile {
  const lists = LISTS[file.path];
  if (!lists) return file;
  const document = parseDocument(file.text, { logLevel: 'error' });
  const folder = `/etc/${posix.dirname(file.path)}`;
  const patterns = [...lists.map((key) => document.get(key)), ...discoveries(document)];
  const dropped = patterns.map((list) => isSeq(list) && dropOutside(list, folder));
  return dropped.includes(true)
    ? { ...file, text: document.toString({ lineWidth: 0, flowCollectionPadding: false }) }
    : file;
}

/** The patterns of all files that targets are discovered from. */
function discoveries(document: Document): unknown[] {
  const jobs = document.get('scrape_configs');
  return itemsOf(jobs).flatMap((job) =>
    itemsOf(isMap(job) ? job.get('file_sd_configs') : undefined).map((discovery) =>
      isMap(discovery) ? discovery.get('files') : undefined,
    ),
  );
}

function itemsOf(node: unknown): unknown[] {
  return isSeq(node) ? node.items : [];
}

/** @returns whether there was any */
function dropOutside(list: YAMLSeq, folder: string): boolean {
  const inside = list.items.filter((item) => {
    const pattern = isScalar(item) ? String(item.value) : '';
    return posix.resolve(folder, pattern).startsWith(`${folder}/`);
  });
  const isAny = inside.length < list.items.length;
  list.items = inside;
  return isAny;
}
