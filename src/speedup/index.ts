import { LineCounter, isMap, isSeq, parseDocument } from 'yaml';
import type { Node } from 'yaml';
import type { InputProblem } from '../lib/errors.ts';
import type { StackFile } from '../model/spec.ts';
import { speedUpAlertmanager } from './alertmanager.ts';
import { copyAliases } from './edit.ts';
import type { Sped } from './edit.ts';
import { speedUpGrafanaAlerting } from './grafana.ts';
import { speedUpPrometheus } from './prometheus.ts';
import { speedUpRules } from './rules.ts';

export { speedUpExpr } from './promql.ts';

/**
 * A stack's files in a world `speed` times faster: every duration divided, to whole milliseconds
 * and at least 1; durations that the stack leaves to a default are written out, for the defaults
 * don't run faster by themselves. Comments and layout stay as far as `yaml` keeps them. At speed 1
 * the files are returned as they are.
 * @param files as in `Spec.files`; what is no configuration of Prometheus or Alertmanager and no
 * alert rule of Grafana's stays as it is
 * @returns `problems`: what can only be proved at speed 1, with file, line and column
 */
export function speedUp(
  files: StackFile[],
  speed: number,
): { files: StackFile[]; problems: InputProblem[] } {
  const problems: InputProblem[] = [];
  return {
    files:
      speed === 1
        ? files
        : files.map((file) => ({ path: file.path, text: speedUpFile(file, speed, problems) })),
    problems,
  };
}

function speedUpFile(file: StackFile, speed: number, problems: InputProblem[]): string {
  const isGrafanaAlerting = /^grafana\/provisioning\/alerting\/.*\.ya?ml$/.test(file.path);
  if (!isGrafanaAlerting && !/^(prometheus\/|alertmanager\/alertmanager\.yml$)/.test(file.path))
    return file.text;
  const lines = new LineCounter();
  const document = parseDocument(file.text, { lineCounter: lines, logLevel: 'error', merge: true });
  // Only what the spec read is configuration; anything else in these folders needn't even be YAML.
  if (document.errors.length > 0 || !isMap(document.contents)) return file.text;
  copyAliases(document);
  const sped: Sped = {
    document,
    speed,
    refuse: (node: Node, why: string): void => {
      const { line, col } = lines.linePos(node.range?.[0] ?? 0);
      problems.push({
        source: { file: file.path, line, column: col },
        message: `can't be sped up: ${why}`,
        expected:
          'something that does not depend on the real clock; as it is, it can only be proved at speed 1',
      });
    },
  };
  if (isGrafanaAlerting) speedUpGrafanaAlerting(sped);
  else if (file.path === 'alertmanager/alertmanager.yml') speedUpAlertmanager(sped);
  else if (file.path === 'prometheus/prometheus.yml') speedUpPrometheus(sped);
  else if (isSeq(document.get('groups'))) speedUpRules(sped);
  else return file.text;
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}
