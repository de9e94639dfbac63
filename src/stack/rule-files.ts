import { posix } from 'node:path';
import { matchesGlob } from '../lib/glob.ts';
import type { Compose } from './compose/index.ts';
import { placesInStack } from './mounts.ts';
import type { Prometheus } from './prometheus.ts';
import type { SourceFile } from './source/source-file.ts';

/** Where Prometheus's image has its configuration. */
export const PROMETHEUS_FOLDER = '/etc/prometheus';

/**
 * The files of the stack that a pattern of a Prometheus's configuration names (`rule_files`,
 * `scrape_config_files`), by Go's `filepath.Glob`: relative to the configuration; an absolute one
 * where a compose file mounts it from, else where most of its end is found. What lies in a
 * ConfigMap lies beside the others of its manifest.
 * @param candidates files that may be named
 * @returns undefined when the pattern leads where nobody can look
 */
export function filesNamed(
  pattern: string,
  from: SourceFile,
  candidates: SourceFile[],
  composes: Compose[],
): SourceFile[] | undefined {
  if (pattern.includes('$')) return undefined;
  const matching = (places: string[]): SourceFile[] =>
    candidates.filter((file) => places.some((place) => matchesGlob(placeOf(file), place)));
  const places = placesInStack(composes, from, PROMETHEUS_FOLDER, pattern);
  const found = matching(places);
  if (found.length > 0 || !pattern.startsWith('/')) return found;
  for (const place of ends(pattern, posix.dirname(from.path))) {
    const files = matching([place]);
    if (files.length > 0) return files;
  }
  return places.length > 0 ? found : undefined;
}

/** Says which groups each configuration loads, and by which interval they are evaluated. */
export function linkRuleFiles(
  prometheus: Prometheus[],
  groups: Prometheus['groups'],
  files: SourceFile[],
  composes: Compose[],
): void {
  for (const one of prometheus) {
    const candidates = files.filter((file) => file !== one.file);
    for (const named of one.ruleFiles)
      named.files = filesNamed(named.text, one.file, candidates, composes);
    const loaded = new Set(one.ruleFiles.flatMap((named) => named.files ?? []));
    one.groups = groups.filter((group) =>
      one.origin === 'operator' ? group.isResource : loaded.has(group.file) && !group.isBeyondFirst,
    );
    for (const group of one.groups) group.prometheus ??= one;
  }
  const only = prometheus.length === 1 ? prometheus[0] : undefined;
  for (const group of groups)
    group.evaluationMs ??= (group.prometheus ?? only)?.evaluationIntervalMs;
}

/** Where a file lies for whoever names it: beside its manifest when it is in one. */
function placeOf({ path, name, embedding }: SourceFile): string {
  return embedding ? posix.normalize(posix.join(posix.dirname(path), name)) : path;
}

/**
 * `/srv/mon/rules/*.yml` → `mon/rules/*.yml`, `rules/*.yml`, `*.yml`, each beside the configuration
 * and at the top.
 */
function ends(pattern: string, folder: string): string[] {
  const parts = pattern.split('/').slice(1);
  return parts.flatMap((_part, i) => {
    const end = parts.slice(i).join('/');
    return [posix.normalize(posix.join(folder, end)), end];
  });
}
