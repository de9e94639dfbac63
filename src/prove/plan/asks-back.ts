import { PROMETHEUS } from '../../go-template/languages.ts';
import { parseTemplate } from '../../go-template/parse.ts';
import { eachNode, operandsIn, pipeOf } from '../../go-template/walk.ts';
import type { ProofTrack } from '../../model/proof-plan.ts';
import type { Rule } from '../../stack/rules.ts';

/** Labels and annotations of a rule whose templates ask Prometheus for other series (`query`). */
export function askingBack({
  labels,
  annotations,
}: Pick<Rule, 'labels' | 'annotations'>): string[] {
  return [...labels, ...annotations].flatMap(([name, { text }]) => (asksBack(text) ? [name] : []));
}

/** Whether a template asks Prometheus for other series. */
export function asksBack(text: string): boolean {
  if (!text.includes('query')) return false;
  let found = false;
  eachNode(parseTemplate(text, PROMETHEUS).nodes, (node) => {
    found ||= operandsIn(pipeOf(node)).some((o) => o.type === 'name' && o.name === 'query');
  });
  return found;
}

/** Tells of which alerts the texts aren't judged: the world has no series for what they ask. */
export function askingBackNotes(tracks: readonly ProofTrack[]): string[] {
  const names = new Set(tracks.filter((one) => one.asksBack.length > 0).map((t) => t.alert.name));
  return names.size === 0
    ? []
    : [
        `what these say isn't judged, for their texts ask Prometheus with \`query\` for series ` +
          `that only the real stack has: ${[...names].join(', ')}`,
      ];
}
