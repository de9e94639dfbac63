import { captured, expand } from '../regex/capture.ts';
import { matcherOf } from '../regex/match.ts';
import { without } from './label-tools.ts';
import { EvaluationError } from './types.ts';
import type { Element, Labels } from './types.ts';

/** `label_replace(v, dst, replacement, src, regex)`; a series that doesn't match stays as it is. */
export function labelReplace(elements: readonly Element[], texts: readonly string[]): Element[] {
  const [dst = '', replacement = '', src = '', pattern = ''] = texts;
  if (!matcherOf(pattern)) throw new EvaluationError(`\`${pattern}\` is no regular expression`);
  return elements.map((element) => {
    const match = captured(pattern, element.labels[src] ?? '');
    return match
      ? { ...element, labels: set(element.labels, dst, expand(replacement, match)) }
      : element;
  });
}

/** `label_join(v, dst, separator, src…)` */
export function labelJoin(elements: readonly Element[], texts: readonly string[]): Element[] {
  const [dst = '', separator = '', ...sources] = texts;
  return elements.map((element) => ({
    ...element,
    labels: set(element.labels, dst, sources.map((s) => element.labels[s] ?? '').join(separator)),
  }));
}

function set(labels: Labels, name: string, value: string): Labels {
  const others = without(labels, [name]);
  return value === '' ? others : { ...others, [name]: value };
}
