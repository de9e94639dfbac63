import { PROMETHEUS } from '../go-template/languages.ts';
import { parseTemplate } from '../go-template/parse.ts';
import { usesOf } from '../go-template/uses.ts';
import type { SolveRule } from './rules.ts';

/** Labels that an alert's labels and annotations print. */
export function labelsInTemplates({ labels, annotations }: SolveRule): string[] {
  const texts = [...Object.values(labels), ...Object.values(annotations)];
  const names = texts
    .filter((text) => text.includes('{{'))
    .flatMap((text) => usesOf(parseTemplate(text, PROMETHEUS).nodes).labels.map((l) => l.name));
  // The rule's own labels aren't those of the expression.
  return [...new Set(names)].filter((name) => !(name in labels) && name !== 'alertname');
}
