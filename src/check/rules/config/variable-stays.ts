import { argumentsOf } from '../../../stack/compose/command-line.ts';
import { mountedBy } from '../../../stack/mounts.ts';
import type { StackDocument } from '../../../stack/source/documents.ts';
import { eachScalar } from '../../../stack/source/node.ts';
import type { Rule, Say } from '../../rule.ts';

/** The images of the programs themselves: somebody's own may fill variables in first. */
const PROMETHEUS = /^(prom|prometheus)\/prometheus$/;

const ALERTMANAGER = /^(prom|prometheus)\/alertmanager$/;

const VARIABLE = /\$\{[A-Za-z_]\w*(:?[-?+=][^}]*)?\}|^\$[A-Z_][A-Z\d_]*$/;

/** What Prometheus does fill in: groups of a pattern, and the environment in external labels. */
const FILLED_IN = new Set(['external_labels', 'replacement', 'target_label']);

export const variableStays: Rule = {
  id: 'config/variable-stays',
  level: 'error',
  title: 'A variable that nobody fills in',
  why:
    'Neither Prometheus nor Alertmanager fills variables of the environment in: they refuse ' +
    '`${URL}` as an address, and log in with `${PASSWORD}` as the password.',
  mend:
    'Name a file with the secret (`…_file`), or have something fill the file in before the ' +
    'program reads it (`envsubst`).',
  check: ({ composes, alertmanagers, prometheus }, say) => {
    const isReadAsItIs = (program: RegExp, path: string): boolean =>
      mountedBy(composes, program, path).some(({ service }) => argumentsOf(service) !== undefined);
    for (const one of alertmanagers)
      if (isReadAsItIs(ALERTMANAGER, one.file.path)) sayVariables(one, 'Alertmanager', say);
    for (const one of prometheus)
      if (one.origin === 'file' && isReadAsItIs(PROMETHEUS, one.file.path))
        sayVariables(one, 'Prometheus', say);
  },
};

/** All of a file are one finding: they have one cause. */
function sayVariables(
  { file, root }: Pick<StackDocument, 'file' | 'root'>,
  program: string,
  say: Say,
): void {
  const found: { text: string; from: number; to: number }[] = [];
  eachScalar(root.node, ({ value, from, to }, keys) => {
    const text = typeof value === 'string' ? VARIABLE.exec(value)?.[0] : undefined;
    if (text !== undefined && !keys.some((key) => FILLED_IN.has(key)))
      found.push({ text, from, to });
  });
  const [first] = found;
  if (!first) return;
  const names = [...new Set(found.map(({ text }) => `\`${text}\``))];
  const others = names.length > 3 ? ` and ${names.length - 2} more` : '';
  const shown = names.slice(0, others === '' ? 3 : 2).join(', ') + others;
  say(
    { file, from: first.from, to: first.to },
    `${program} takes ${shown} as ${names.length === 1 ? 'it stands' : 'they stand'} here`,
  );
}
