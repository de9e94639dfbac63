import { posix, resolve } from 'node:path';
import { InputError } from '../lib/errors.ts';
import type { InputProblem } from '../lib/errors.ts';
import type { Spec, StackFile } from '../model/spec.ts';
import { readAlertmanager } from './alertmanager.ts';
import { readContract } from './contract.ts';
import { crossCheck } from './cross-check.ts';
import { readDashboard } from './dashboards.ts';
import { readDataSources } from './data-sources.ts';
import { readGrafanaRules } from './grafana-rules.ts';
import { readPrometheus } from './prometheus.ts';
import type { PrometheusDraft } from './prometheus.ts';
import { readRules } from './rules.ts';
import { readStackFiles } from './stack-files.ts';
import { YamlSource } from './yaml-source.ts';

const CONTRACT = 'contract.yaml';
const PROMETHEUS = 'prometheus/prometheus.yml';
const ALERTMANAGER = 'alertmanager/alertmanager.yml';

/**
 * Reads a stack's folder: each file is parsed and normalised, then held against the others. Durations are real-time ms.
 * @throws InputError with all problems at once, each with file, line and column, sorted by them; whatever the files hold
 */
export async function readSpec(stackDir: string): Promise<Spec> {
  const dir = resolve(stackDir);
  const { files, problems } = await readStackFiles(dir, CONTRACT);
  const sources: YamlSource[] = [];
  const open = (path: string): YamlSource | undefined => {
    const file = files.find((f) => f.path === path);
    if (!file) {
      if (!problems.some((p) => p.source.file === path))
        problems.push({
          source: { file: path, line: 1, column: 1 },
          message: 'the file is missing',
          expected: `a stack folder with ${CONTRACT}, ${PROMETHEUS} and ${ALERTMANAGER}`,
        });
      return undefined;
    }
    const source = new YamlSource(path, file.text);
    sources.push(source);
    return source;
  };
  // A file that is no YAML has its own problems and is held against nothing.
  const read = <T>(path: string, reader: (source: YamlSource) => T): T | undefined => {
    const source = open(path);
    if (!source || source.problems.length > 0) return undefined;
    return reader(source);
  };
  const contract = read(CONTRACT, readContract);
  const prometheus = read(PROMETHEUS, readPrometheus);
  const alertmanager = read(ALERTMANAGER, readAlertmanager);
  const rules =
    prometheus &&
    ruleFiles(
      prometheus,
      files,
      problems.map((p) => p.source.file),
    );
  const drafts = (rules?.paths ?? []).map(
    (path) =>
      prometheus && read(path, (source) => readRules(source, prometheus.spec.evaluationIntervalMs)),
  );
  prometheus?.spec.ruleGroups.push(...drafts.flatMap((draft) => draft?.groups ?? []));
  const names = drafts.map((draft) => draft?.alertNames);
  const ruleNames =
    rules?.complete && !names.includes(undefined) ? names.flatMap((list) => list ?? []) : undefined;

  const dashboardPaths = files
    .map((f) => f.path)
    .filter((path) => /^grafana\/.*\.json$/.test(path));
  const dashboards = dashboardPaths.flatMap((path) => read(path, readDashboard) ?? []);

  const dataSourcePaths = files
    .map((f) => f.path)
    .filter((path) => /^grafana\/provisioning\/datasources\/.*\.ya?ml$/.test(path));
  const dataSources = dataSourcePaths.flatMap((path) => read(path, readDataSources) ?? []);

  const alertingPaths = files
    .map((f) => f.path)
    .filter((path) => /^grafana\/provisioning\/alerting\/.*\.ya?ml$/.test(path));
  const grafanaRules = alertingPaths.flatMap((path) => read(path, readGrafanaRules) ?? []);

  problems.push(...crossCheck({ contract, prometheus, alertmanager, ruleNames, dashboards }));
  problems.push(...sources.flatMap((source) => source.problems));
  if (problems.length > 0 || !contract || !prometheus || !alertmanager)
    throw new InputError(problems.sort(byPlace));
  return {
    dir,
    files: files.filter((f) => f.path !== CONTRACT),
    prometheus: prometheus.spec,
    alertmanager: alertmanager.spec,
    dashboards,
    dataSources,
    grafanaRules,
    contract: contract.contract,
  };
}

/**
 * Paths of the files that Prometheus's patterns name, each once. Not `complete` when a pattern names none:
 * then nobody knows which alerts it was to bring.
 * @param unreadable paths that are there and can't be read
 */
function ruleFiles(
  { ruleFiles: patterns, source }: PrometheusDraft,
  files: StackFile[],
  unreadable: string[],
): { paths: string[]; complete: boolean } {
  const candidates = [...files.map((f) => f.path), ...unreadable].filter((path) =>
    path.startsWith('prometheus/'),
  );
  let complete = true;
  const named = patterns.flatMap(({ glob, path }) => {
    const matching = glob.startsWith('/')
      ? []
      : candidates.filter((candidate) => matches(candidate, posix.join('prometheus', glob)));
    if (matching.length > 0) return matching;
    complete = false;
    source.say(
      path,
      `no file matches \`${glob}\``,
      'rule files below prometheus/, relative to prometheus.yml',
    );
    return [];
  });
  return { paths: [...new Set(named)].sort(), complete };
}

/** Whether a path fits one of Prometheus's patterns (Go's `filepath.Glob`; of its wildcards `*` and `?`). */
function matches(path: string, glob: string): boolean {
  const pattern = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '[^/]*')
    .replaceAll('?', '[^/]');
  return new RegExp(`^${pattern}$`).test(path);
}

function byPlace(a: InputProblem, b: InputProblem): number {
  const [x, y] = [a.source, b.source];
  return x.file === y.file ? x.line - y.line || x.column - y.column : x.file < y.file ? -1 : 1;
}
