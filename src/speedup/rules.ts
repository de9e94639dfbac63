import { isScalar } from 'yaml';
import type { YAMLMap } from 'yaml';
import { divideKeys, mapAt, mapsAt, scalarAt } from './edit.ts';
import type { Sped } from './edit.ts';
import { speedUpExpr } from './promql.ts';

/** One action of a Go template, quoted texts in it taken whole. */
const ACTION = /\{\{(?:"(?:\\.|[^"\\])*"|`[^`]*`|(?!\}\})[^])*\}\}/g;
const QUOTED = /"(?:\\.|[^"\\])*"|`[^`]*`/g;

/**
 * A rule file: each group's interval and offset, each rule's durations and expression. Labels and
 * annotations stay: they are texts.
 */
export function speedUpRules(sped: Sped): void {
  for (const group of mapsAt(sped.document.contents as YAMLMap, 'groups')) {
    divideKeys(sped, group, ['interval', 'query_offset']);
    for (const rule of mapsAt(group, 'rules')) {
      divideKeys(sped, rule, ['for', 'keep_firing_for']);
      rewriteExpr(sped, rule);
      for (const texts of ['labels', 'annotations']) refuseQueries(sped, mapAt(rule, texts));
    }
  }
}

/** Rewrites the PromQL under `expr`, if there is some; what can't be sped up is refused. */
export function rewriteExpr(sped: Sped, rule: YAMLMap): void {
  const scalar = scalarAt(rule, 'expr');
  // YAML's own numbers hold no duration.
  if (typeof scalar?.value !== 'string') return;
  const { expr, problem } = speedUpExpr(scalar.value, sped.speed);
  if (problem !== undefined) sped.refuse(scalar, problem);
  if (expr !== scalar.value) scalar.value = expr;
}

/** A template that asks Prometheus by itself does so with an expression that nobody rewrites. */
function refuseQueries(sped: Sped, texts: YAMLMap | undefined): void {
  for (const { value } of texts?.items ?? []) {
    if (!isScalar(value) || typeof value.value !== 'string') continue;
    const actions = value.value.match(ACTION) ?? [];
    if (actions.some((action) => /(?<![.$\w])query\b/.test(action.replace(QUOTED, '""'))))
      sped.refuse(value, 'its template asks Prometheus with `query`');
  }
}
