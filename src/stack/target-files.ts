import type { Compose } from './compose/index.ts';
import { readStatics } from './prometheus.ts';
import type { Prometheus } from './prometheus.ts';
import { filesNamed } from './rule-files.ts';
import type { StackDocument } from './source/documents.ts';

/**
 * Puts the targets of files that `file_sd_configs` names to the configuration that names them.
 * @param documents those that hold groups of targets
 */
export function linkTargetFiles(
  prometheus: Prometheus[],
  documents: StackDocument[],
  composes: Compose[],
): void {
  const candidates = documents.map(({ file }) => file);
  for (const one of prometheus)
    for (const holder of [
      ...one.root.get('scrape_configs').items(),
      ...one.root.at('alerting', 'alertmanagers').items(),
    ]) {
      const named = holder
        .get('file_sd_configs')
        .items()
        .flatMap((discovery) => discovery.get('files').texts())
        .flatMap(({ text }) => filesNamed(text, one.file, candidates, composes) ?? []);
      const targets = documents
        .filter(({ file }) => named.includes(file))
        .flatMap(({ root }) => readStatics(root));
      if (targets.length > 0) one.fileTargets.push({ holder, targets });
    }
}
