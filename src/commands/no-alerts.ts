import { HarnessError } from '../lib/errors.ts';
import { count } from '../report/text.ts';
import type { Stack } from '../stack/index.ts';
import type { Unread } from '../stack/unread.ts';
import { renderedFirst, seemsToAlert, WHY_UNREAD } from '../stack/unread-words.ts';

const NAME_ANOTHER =
  'Name the folder of a stack whose rule files, or PrometheusRule resources, have alerts.';

const OTHERWISE: Partial<Record<Unread['reason'], string>> = {
  'prometheus-1-rules': 'Write them as YAML, and name that.',
  'loki-rules': 'Prometheus alone is asked: name a folder with rules in PromQL.',
  broken: 'Correct the file at this place.',
};

/**
 * Alerts may be there and not be read: then it is said where they are, and what to do.
 * @param then what is to be done with a folder that has some: `prove`
 * @throws HarnessError for a stack without any
 */
export function mustHoldAlerts(stack: Stack, dir: string, then: string): void {
  if (stack.rules.some(({ kind }) => kind === 'alert')) return;
  const broken = stack.unread.filter(({ reason }) => reason === 'broken');
  const [words, advice = NAME_ANOTHER] =
    unreadAlerts(stack.unread.filter(hasAlerts), then) ??
    grafanasAlerts(stack) ??
    // In what can't be read anything may stand.
    unreadAlerts(broken, then) ??
    [];
  const why = words === undefined ? '' : `: ${words}`;
  throw new HarnessError(`${dir} holds no alerts${why}`, advice);
}

/** The first of files that may have alerts, and how many there are like it. */
function unreadAlerts(files: Unread[], then: string): [string, string] | undefined {
  const [first] = files;
  if (!first) return undefined;
  const { file, reason } = first;
  const error = reason === 'broken' ? file.errors[0] : undefined;
  const place = error ? `: line ${file.position(error.from).line}: ${error.message}` : '';
  const seems = reason !== 'loki-rules' && hasAlerts(first) ? 'seems to have some, and ' : '';
  const others = files.filter((one) => one.reason === reason).length - 1;
  const more = others === 0 ? '' : `, and ${count(others, 'other file')} like it`;
  return [
    `${file.path} ${seems}${WHY_UNREAD[reason]}${place}${more}`,
    renderedFirst(reason, then) ?? OTHERWISE[reason] ?? NAME_ANOTHER,
  ];
}

function hasAlerts({ file, reason }: Unread): boolean {
  return reason === 'loki-rules' || reason === 'prometheus-1-rules' || seemsToAlert(file.text);
}

function grafanasAlerts({ grafana }: Stack): [string, string] | undefined {
  const own = grafana.alertingFiles.find(({ root }) =>
    root
      .get('groups')
      .items()
      .some((group) => group.get('rules').items().length > 0),
  );
  return (
    own && [
      `${own.file.path} has those that Grafana evaluates itself`,
      'Alerts that Prometheus evaluates are taken: write them as a rule file (`groups` with `rules`).',
    ]
  );
}
