import { checkRead, UNREADABLE_RULES } from '../check/index.ts';
import { InputError } from '../lib/errors.ts';
import type { Stack } from '../stack/index.ts';

/**
 * Prometheus doesn't start with a rule file that it refuses: no alert of the stack would ever fire,
 * and of what can still be read nothing is worth proving.
 * @throws InputError for all that it refuses, each at its place
 */
export function onlyWhatPrometheusTakes(stack: Stack): void {
  const others = new Set([...stack.composes, ...stack.dashboards].map(({ file }) => file.path));
  const { findings } = checkRead(stack, (rule) => UNREADABLE_RULES.has(rule));
  const problems = findings
    .filter(({ level, file }) => level === 'error' && /\.ya?ml$/.test(file) && !others.has(file))
    .map(({ file, line, column, title, mend }) => ({
      source: { file, line, column },
      message: `${title}\nPrometheus refuses the whole file. ${mend}`,
      expected: 'a rule file that Prometheus takes',
    }));
  if (problems.length > 0) throw new InputError(problems);
}
