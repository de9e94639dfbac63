import type { Value } from '../../../stack/source/value.ts';
import type { Rule } from '../../rule.ts';
import { RELABEL_ACTIONS } from '../../schemas/prometheus/relabel.ts';
import { isFilledIn } from '../../schemas/scalars.ts';

const WANTS_TARGET = new Set([
  'replace',
  'hashmod',
  'lowercase',
  'uppercase',
  'keepequal',
  'dropequal',
]);

/** What these actions take beside `action` itself (model/relabel, `Validate`). */
const ONLY: Record<string, string[]> = {
  keepequal: ['source_labels', 'target_label'],
  dropequal: ['source_labels', 'target_label'],
  labeldrop: ['regex'],
  labelkeep: ['regex'],
};

/**
 * What each key is where nobody sets it: Prometheus asks whether a key has another value, and its
 * own page of the configuration prints these. A pattern is another one however it is written, and
 * so is a list of nothing.
 */
const DEFAULTS: Record<string, string> = {
  separator: ';',
  target_label: '',
  modulus: '0',
  replacement: '$1',
};

const LISTS = /relabel_configs$/;

export const relabelling: Rule = {
  id: 'config/relabelling',
  level: 'error',
  title: 'A step of relabelling that lacks what its action needs',
  why: 'Prometheus refuses its whole configuration.',
  mend: 'Give the action what it needs, and nothing else.',
  check: ({ prometheus }, say) => {
    eachStep(
      prometheus.map(({ root }) => root),
      (step) => {
        const action = (step.get('action').text() ?? 'replace').toLowerCase();
        if (!RELABEL_ACTIONS.some((known) => known === action) || isFilledIn(action)) return;
        const at = step.get('action').exists ? step.get('action').place : step.head;
        if (WANTS_TARGET.has(action) && !step.get('target_label').text())
          say(at, `\`${action}\` needs \`target_label\``);
        const modulus = step.get('modulus');
        if (action === 'hashmod' && !modulus.number() && !isFilledIn(modulus.text() ?? ''))
          say(at, '`hashmod` needs a `modulus` above 0');
        for (const { key, value } of step.entries())
          if (ONLY[action] && key !== 'action' && !ONLY[action].includes(key) && isSet(key, value))
            say(value.keyPlace, `\`${action}\` takes no \`${key}\``);
        const replaces = isSet('replacement', step.get('replacement'));
        if ((action === 'lowercase' || action === 'uppercase') && replaces)
          say(step.get('replacement').keyPlace, `\`${action}\` takes no \`replacement\``);
      },
    );
  },
};

/** Whether a key has another value than the one it has where nobody sets it. */
function isSet(key: string, value: Value): boolean {
  return value.exists && (value.text() === undefined || value.text() !== DEFAULTS[key]);
}

/** Calls `visit` with each step of each `…relabel_configs`. */
function eachStep(values: Value[], visit: (step: Value) => void): void {
  for (const { key, value: inner } of values.flatMap((value) => value.entries()))
    if (LISTS.test(key))
      inner
        .items()
        .filter((step) => step.isMap)
        .forEach(visit);
    else eachStep([inner, ...inner.items()], visit);
}
