import { wordOf } from './plain.ts';
import { nameMatches } from './sd-files.ts';
import type { SdFile } from './sd-files.ts';
import type { Labels } from '../../promql/relabel.ts';
import { madeUp, passing } from './made-up.ts';
import { attempt, targetKey } from './target.ts';
import type { JobTargets } from './target.ts';

/**
 * The targets of a job: those it names, those of its discovery files, else one that passes its
 * relabelling.
 * @param known what is known of what discovery says
 */
export function targetsOf(
  config: Record<string, unknown>,
  files: SdFile[],
  known: Labels = {},
): JobTargets {
  const name = wordOf(config['job_name']);
  const named = [...groupsOf(config['static_configs']), ...filesOf(config, files)];
  const rules = listOf(config['relabel_configs']);
  const discovers = Object.keys(config).some((key) => key.endsWith('_sd_configs'));
  const isMadeUp = named.length === 0 && discovers;
  const found = (isMadeUp ? [{ ...known, ...madeUp(name) }] : named).map((labels) =>
    isMadeUp
      ? passing(defaultsOf(labels, config), rules)
      : attempt(defaultsOf(labels, config), rules),
  );
  const all = found.flatMap((one) => ('target' in one ? [one.target] : []));
  // What a job names several times it scrapes once (scrape/scrape.go, `scrapePool.sync`).
  const kept = [...new Map(all.map((target) => [targetKey(target), target])).values()];
  const dropped = found.flatMap((one) => ('droppedBy' in one ? [one.droppedBy] : []));
  return {
    name,
    config,
    targets: kept,
    isMadeUp,
    droppedBy: kept.length > 0 ? undefined : dropped[0],
  };
}

/** What a scrape pool adds before relabelling (scrape/target.go, `PopulateLabels`). */
function defaultsOf(labels: Labels, config: Record<string, unknown>): Labels {
  const params = Object.entries((config['params'] ?? {}) as Record<string, unknown>);
  return {
    job: wordOf(config['job_name']),
    __scheme__: wordOf(config['scheme'], 'http'),
    __metrics_path__: wordOf(config['metrics_path'], '/metrics'),
    ...Object.fromEntries(
      params.map(([key, values]) => [`__param_${key}`, wordOf((values as unknown[])[0])]),
    ),
    ...labels,
  };
}

/** Target groups: each target with its group's labels. */
function groupsOf(groups: unknown): Labels[] {
  return listOf(groups).flatMap((group) => {
    const labels = Object.entries((group['labels'] ?? {}) as Record<string, unknown>);
    const targets = Array.isArray(group['targets']) ? group['targets'].map(String) : [];
    return targets.map((target) => ({
      __address__: target,
      ...Object.fromEntries(labels.map(([name, value]) => [name, String(value)])),
    }));
  });
}

/** Targets of the discovery files that lie in the stack's folder. */
function filesOf(config: Record<string, unknown>, files: SdFile[]): Labels[] {
  const patterns = listOf(config['file_sd_configs']).flatMap(({ files: names }) =>
    Array.isArray(names) ? names.map(String) : [],
  );
  return files
    .filter(({ path }) => patterns.some((pattern) => nameMatches(pattern, path)))
    .flatMap(({ path, groups }) =>
      groupsOf(groups).map((labels) => ({ ...labels, __meta_filepath: path })),
    );
}

function listOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value)
    ? value.filter((one): one is Record<string, unknown> => typeof one === 'object' && one !== null)
    : [];
}
