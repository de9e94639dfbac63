import { readFile, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { InputError } from '../lib/errors.ts';
import type { InputProblem } from '../lib/errors.ts';
import type { Spec, StackFile } from '../model/spec.ts';
import { readAlertmanager } from './alertmanager.ts';
import { readContract } from './contract.ts';
import { crossCheck } from './cross-check.ts';
import { readPrometheus } from './prometheus.ts';
import { readRules } from './rules.ts';
import { YamlSource } from './yaml-source.ts';

const CONTRACT = 'contract.yaml';
const PROMETHEUS = 'prometheus/prometheus.yml';
const ALERTMANAGER = 'alertmanager/alertmanager.yml';
const SECRETS = 'alertmanager/secrets/';

/**
 * Reads a stack's folder: parse, normalise, then rules across files.
 * @param stackDir absolute path
 * @throws InputError with all problems at once, each with file, line and column
 */
export async function readSpec(stackDir: string): Promise<Spec> {
  const files = await stackFiles(stackDir);
  const problems: InputProblem[] = [];
  const sources: YamlSource[] = [];
  const open = (path: string): YamlSource | undefined => {
    const file = files.find((f) => f.path === path);
    if (!file) {
      problems.push({ source: { file: path, line: 1, column: 1 }, message: 'the file is missing or not readable', expected: `a stack folder with ${CONTRACT}, ${PROMETHEUS} and ${ALERTMANAGER}` });
      return undefined;
    }
    const source = new YamlSource(path, file.text);
    sources.push(source);
    return source;
  };
  const [contractSource, prometheusSource, alertmanagerSource] = [open(CONTRACT), open(PROMETHEUS), open(ALERTMANAGER)];
  const contract = contractSource && readContract(contractSource);
  const prometheus = prometheusSource && readPrometheus(prometheusSource);
  const alertmanager = alertmanagerSource && readAlertmanager(alertmanagerSource);
  for (const { glob, at } of prometheus?.ruleFiles ?? []) {
    const named = files.filter((f) => f.path.startsWith('prometheus/') && matches(f.path.slice('prometheus/'.length), glob));
    if (named.length === 0) problems.push({ source: at, message: `no file matches \`${glob}\``, expected: 'rule files relative to prometheus.yml' });
    for (const file of named) {
      const source = open(file.path);
      if (source && prometheus) prometheus.spec.ruleGroups.push(...readRules(source, prometheus.spec.evaluationIntervalMs));
    }
  }
  problems.push(...sources.flatMap((s) => s.problems));
  if (problems.length === 0 && contract && prometheus && alertmanager) {
    const spec: Spec = { dir: stackDir, files: files.filter((f) => f.path !== CONTRACT), prometheus: prometheus.spec, alertmanager, contract };
    problems.push(...crossCheck(spec));
    if (problems.length === 0) return spec;
  }
  throw new InputError(problems.sort((a, b) => a.source.file.localeCompare(b.source.file) || a.source.line - b.source.line || a.source.column - b.source.column));
}

/** Whether a path fits one of Prometheus's patterns (Go's `filepath.Glob`; of its wildcards `*` and `?`). */
function matches(path: string, glob: string): boolean {
  const pattern = glob.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*').replaceAll('?', '[^/]');
  return new RegExp(`^${pattern}$`).test(path);
}

/** Every text file that the stack consists of. Secrets are left out: they are never read. */
async function stackFiles(stackDir: string): Promise<StackFile[]> {
  const paths: string[] = [CONTRACT];
  for (const folder of ['prometheus', 'alertmanager']) {
    const entries = await readdir(join(stackDir, folder), { recursive: true, withFileTypes: true }).catch(() => []);
    paths.push(...entries.filter((e) => e.isFile()).map((e) => relative(stackDir, join(e.parentPath, e.name)).split(sep).join('/')));
  }
  const read = paths.filter((path) => !path.startsWith(SECRETS)).sort().map(async (path): Promise<StackFile[]> => {
    const text = await readFile(join(stackDir, path), 'utf8').catch(() => undefined);
    return text === undefined ? [] : [{ path, text }];
  });
  return (await Promise.all(read)).flat();
}
