import { resolve } from 'node:path';
import { InputError } from '../lib/errors.ts';
import type { InputProblem } from '../lib/errors.ts';
import type { Spec } from '../model/spec.ts';
import { readFolder } from '../stack/folder.ts';
import { readStack } from '../stack/index.ts';
import type { Stack } from '../stack/index.ts';
import type { CheckFile } from '../model/check.ts';
import type { Alertmanager } from '../stack/alertmanager.ts';
import type { Prometheus } from '../stack/prometheus.ts';
import type { Value } from '../stack/source/value.ts';
import { readAlertmanager } from './alertmanager.ts';
import { readContract } from './contract.ts';
import { crossCheck } from './cross-check/index.ts';
import { readDashboard } from './dashboards.ts';
import { readDataSources } from './data-sources.ts';
import { readGrafanaRules } from './grafana-rules.ts';
import { readPrometheus } from './prometheus.ts';
import { readRules } from './rules.ts';
import { YamlSource, fileProblems } from './yaml-source.ts';

const CONTRACT = 'contract.yaml';
/** Where a run has them: it lays these folders where production has them. */
const PROMETHEUS = 'prometheus/prometheus.yml';
const ALERTMANAGER = 'alertmanager/alertmanager.yml';
/** What is carried into a run as it is, whatever it holds. */
const CARRIED = /^(prometheus|alertmanager|grafana)\//;

/**
 * Reads a stack's folder: what the reader of stacks found is held against schemas, normalised, then
 * held against each other. Durations are real-time ms.
 * @throws InputError with all problems at once, each with file, line and column, sorted by them;
 * whatever the files hold; HarnessError when there is no such folder
 */
export async function readSpec(stackDir: string): Promise<Spec> {
  const dir = resolve(stackDir);
  return specOf(dir, await filesOf(dir));
}

/**
 * The files of a stack's folder that it is read from.
 * @throws HarnessError when there is no such folder
 */
export function filesOf(dir: string): Promise<CheckFile[]> {
  return readFolder(dir, (path) => CARRIED.test(path));
}

/**
 * A stack's files, read as `readSpec` does.
 * @param dir absolute, the folder that they are from
 * @throws InputError with all problems at once
 */
export function specOf(dir: string, files: CheckFile[]): Spec {
  const stack = readStack(files);
  const opened = new Opened(stack);
  const { contract: promised, grafana } = stack;
  const prometheus = stack.prometheus.find(({ file }) => file.path === PROMETHEUS);
  const alertmanager = stack.alertmanagers.find(({ file }) => file.path === ALERTMANAGER);
  const contract = opened.read(CONTRACT, promised?.root, readContract);
  const scraping = opened.read(PROMETHEUS, prometheus?.root, (source) =>
    readPrometheus(source, prometheus as Prometheus),
  );
  const routing = opened.read(ALERTMANAGER, alertmanager?.root, (source) =>
    readAlertmanager(source, alertmanager as Alertmanager),
  );
  const ruleNames = prometheus && scraping && readRuleFiles(opened, prometheus, scraping);
  const of = <T>(documents: { root: Value }[], reader: (source: YamlSource) => T): T[] =>
    documents.flatMap(({ root }) => opened.read(root.file.path, root, reader) ?? []);
  const shown = stack.dashboards.filter(({ file }) => CARRIED.test(file.path));
  const dashboards = of(shown, readDashboard).flatMap((board) => board ?? []);
  const dataSources = of(grafana.dataSourceFiles, readDataSources).flat();
  const grafanaRules = of(grafana.alertingFiles, readGrafanaRules).flat();
  const crossed = crossCheck({
    contract,
    prometheus: scraping,
    alertmanager: routing,
    ruleNames,
    dashboards,
  });
  const problems = [...opened.problems(), ...crossed];
  if (problems.length > 0 || !contract || !scraping || !routing)
    throw new InputError(problems.sort(byPlace));
  return {
    dir,
    files: stack.files
      .filter(({ path }) => CARRIED.test(path))
      .map(({ path, text }) => ({ path, text })),
    prometheus: scraping.spec,
    alertmanager: routing.spec,
    dashboards,
    dataSources,
    grafanaRules,
    contract: contract.contract,
  };
}

/**
 * Adds the groups of the rule files that Prometheus loads.
 * @returns names of all alerts in them; undefined when one of them can't be read or isn't there:
 * nobody knows which
 *   alerts it was to bring
 */
function readRuleFiles(
  opened: Opened,
  { ruleFiles, evaluationIntervalMs }: Prometheus,
  scraping: NonNullable<ReturnType<typeof readPrometheus>>,
): string[] | undefined {
  ruleFiles.forEach(({ text, files }, i) => {
    if ((files?.length ?? 0) === 0)
      scraping.source.say(
        ['rule_files', i],
        `no file matches \`${text}\``,
        'rule files of the stack, relative to prometheus.yml or where they are mounted',
      );
  });
  const complete = ruleFiles.every(({ files }) => (files?.length ?? 0) > 0);
  const files = [...new Set(ruleFiles.flatMap((named) => named.files ?? []))];
  const drafts = files
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map((file) =>
      opened.read(file.path, file.root, (source) => readRules(source, evaluationIntervalMs)),
    );
  scraping.spec.ruleGroups.push(...drafts.flatMap((draft) => draft?.groups ?? []));
  const names = drafts.map((draft) => draft?.alertNames);
  return complete && !names.includes(undefined) ? names.flatMap((list) => list ?? []) : undefined;
}

/** The documents of a stack that were held against schemas, with what is wrong with each. */
class Opened {
  private readonly stack: Stack;
  private readonly sources: YamlSource[] = [];
  private readonly missing: InputProblem[] = [];

  constructor(stack: Stack) {
    this.stack = stack;
  }

  /** A file that is broken has its own problems and is held against nothing. */
  read<T>(path: string, root: Value | undefined, reader: (source: YamlSource) => T): T | undefined {
    if (!root) {
      // A file that is there and not what its path says has told why, or tells it here.
      if (!this.stack.files.some((file) => file.path === path && file.errors.length > 0))
        this.missing.push({
          source: { file: path, line: 1, column: 1 },
          message: 'the file is missing',
          expected: `a stack folder with ${CONTRACT}, ${PROMETHEUS} and ${ALERTMANAGER}`,
        });
      return undefined;
    }
    const source = new YamlSource(root);
    this.sources.push(source);
    return source.problems.length > 0 ? undefined : reader(source);
  }

  /**
   * Those of what was opened; and of files that would be carried into a run and can't be read at
   * all.
   */
  problems(): InputProblem[] {
    const seen = new Set(this.sources.map((source) => source.file));
    const unread = this.stack.unread
      .map(({ file }) => file)
      .filter((file) => !seen.has(file.path) && (CARRIED.test(file.path) || file.path === CONTRACT))
      .filter((file) => file.kind === 'text' || file.documents.length === 0);
    return [
      ...this.missing,
      ...this.sources.flatMap((source) => source.problems),
      ...unread.flatMap(fileProblems),
    ];
  }
}

function byPlace(a: InputProblem, b: InputProblem): number {
  const [x, y] = [a.source, b.source];
  return x.file === y.file ? x.line - y.line || x.column - y.column : x.file < y.file ? -1 : 1;
}
