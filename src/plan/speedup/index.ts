import { LineCounter, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Scalar, YAMLMap } from 'yaml';
import { formatDuration, parseDurationMs } from '../../lib/duration.ts';
import type { InputProblem } from '../../lib/errors.ts';
import type { StackFile } from '../../model/spec.ts';
import { speedUpExpr } from './promql.ts';

export { speedUpExpr } from './promql.ts';

/** Keys whose values are durations of the stack, wherever they stand in a file of that kind. Timeouts towards receivers stay: answers aren't faster. */
const PROMETHEUS_KEYS = new Set(['scrape_interval', 'scrape_timeout', 'evaluation_interval', 'rule_query_offset']);
const RULE_KEYS = new Set(['interval', 'query_offset', 'for', 'keep_firing_for']);
const ALERTMANAGER_KEYS = new Set(['resolve_timeout', 'group_wait', 'group_interval', 'repeat_interval']);

/**
 * A stack's files in a world `speed` times faster; comments and layout stay as far as YAML's own tools keep them.
 * Durations are rounded down to whole milliseconds, so that a scrape timeout never exceeds its interval, and are at least 1 ms.
 * `problems` names what can only be proved at speed 1, with file and line.
 */
export function speedUp(files: StackFile[], speed: number): { files: StackFile[]; problems: InputProblem[] } {
  const problems: InputProblem[] = [];
  return { files: files.map((file) => (speed === 1 || !/\.ya?ml$/.test(file.path) ? file : { path: file.path, text: speedUpFile(file, speed, problems) })), problems };
}

function speedUpFile(file: StackFile, speed: number, problems: InputProblem[]): string {
  const lines = new LineCounter();
  const document = parseDocument(file.text, { lineCounter: lines });
  const keys = file.path.startsWith('alertmanager/') ? ALERTMANAGER_KEYS : document.has('groups') ? RULE_KEYS : PROMETHEUS_KEYS;
  const refuse = (node: Scalar, why: string): void => {
    const { line, col } = lines.linePos(node.range?.[0] ?? 0);
    problems.push({ source: { file: file.path, line, column: col }, message: `can't be sped up: ${why}`, expected: 'to be proved with --real-time' });
  };
  visitMaps(document.contents, (map) => {
    for (const pair of map.items) {
      const value = pair.value;
      if (!isScalar(pair.key) || !isScalar(value) || typeof value.value !== 'string') continue;
      const key = String(pair.key.value);
      const text: string = value.value;
      const ms = keys.has(key) ? parseDurationMs(text) : undefined;
      if (ms !== undefined && ms > 0) value.value = formatDuration(Math.max(1, Math.floor(ms / speed)));
      if (key === 'expr') {
        const { expr, problem } = speedUpExpr(text, speed);
        if (problem) refuse(value, problem);
        value.value = expr;
      } else if (/\{\{[^}]*\bquery\b/.test(text) && keys === RULE_KEYS) refuse(value, 'its template asks Prometheus with `query`');
    }
  });
  return document.toString({ lineWidth: 0 });
}

function visitMaps(node: unknown, visit: (map: YAMLMap) => void): void {
  if (isMap(node)) {
    visit(node);
    for (const pair of node.items) visitMaps(pair.value, visit);
  } else if (isSeq(node)) for (const item of node.items) visitMaps(item, visit);
}
