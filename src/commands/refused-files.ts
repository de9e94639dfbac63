import { checkRead, IN_ANY_FILE, IN_CONFIGURATIONS, IN_RULE_FILES } from '../check/index.ts';
import { InputError } from '../lib/errors.ts';
import type { Stack } from '../stack/index.ts';
import { namedRuleFiles } from '../stack/unread.ts';

/**
 * Prometheus doesn't start with a rule file or a configuration that it refuses, nor Alertmanager
 * with its own: no alert of the stack would ever fire, or nobody be told, and of what can still be
 * read nothing is worth proving.
 * @throws InputError for all that they refuse, each at its place
 */
export function onlyWhatIsTaken(stack: Stack): void {
  const programs = programOf(stack);
  const isOfRules = maybeOfRules(stack);
  const isRead = (rule: string, file: string): boolean =>
    programs.has(file) || IN_RULE_FILES.has(rule) || (rule === IN_ANY_FILE && isOfRules(file));
  const { findings } = checkRead(
    stack,
    (rule) => IN_RULE_FILES.has(rule) || IN_CONFIGURATIONS.has(rule),
  );
  const problems = findings
    .filter(({ level, rule, file }) => level === 'error' && isRead(rule, file))
    .map(({ file, line, column, title, mend }) => ({
      source: { file, line, column },
      message: `${title}\n${programs.get(file) ?? 'Prometheus'} refuses the whole file. ${mend}`,
      expected: 'a file that it takes',
    }));
  if (problems.length > 0) throw new InputError(problems);
}

/**
 * Whether a file that can't be read may hold rules: Prometheus is to load it, or its ending is that
 * of rule files and it is nothing else.
 */
function maybeOfRules(stack: Stack): (file: string) => boolean {
  const named = new Set([...namedRuleFiles(stack.prometheus)].map(({ path }) => path));
  const others = new Set([...stack.composes, ...stack.dashboards].map(({ file }) => file.path));
  return (file) => named.has(file) || (/\.(ya?ml|rules?)$/.test(file) && !others.has(file));
}

/** Which program reads a configuration: of several of a kind the first is proved. */
function programOf({ prometheus: all, alertmanagers: [alertmanager] }: Stack) {
  // A file goes before what the operator makes, and vmagent's is none of Prometheus's.
  const prometheus = all.find(({ origin }) => origin === 'file') ?? all[0];
  return new Map([
    ...(prometheus ? [[prometheus.file.path, 'Prometheus'] as const] : []),
    ...(alertmanager ? [[alertmanager.file.path, 'Alertmanager'] as const] : []),
  ]);
}
