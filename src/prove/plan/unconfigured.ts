import type { UnreadReason } from '../../model/check.ts';
import type { Stack } from '../../stack/index.ts';
import { WHY_UNREAD } from '../../stack/unread-words.ts';

/** A program whose configuration is looked for among the files that weren't read. */
interface Program {
  name: string;
  /** What a text of it has, wherever it is indented, and what it never has. */
  has: RegExp[];
  never?: RegExp;
  judged: string;
}

const PROMETHEUS: Program = {
  name: 'prometheus.yml',
  has: [/^[ \t-]*(scrape_configs|rule_files):/m],
  // Promtail's jobs are called so, too.
  never: /^[ \t-]*(clients|positions):/m,
  judged: "scraping and relabelling weren't judged",
};
const ALERTMANAGER: Program = {
  name: 'Alertmanager configuration',
  has: [/^[ \t-]*route:/m, /^[ \t-]*receivers:/m],
  judged: 'alerts were proved as far as Prometheus',
};
/** What may be a configuration all the same. */
const MAYBE: ReadonlySet<UnreadReason> = new Set([
  ...(['filled-in-first', 'jinja-template', 'helm-template', 'broken'] as const),
]);

/** What isn't judged of a stack without a prometheus.yml that could be read. */
export function withoutPrometheus(stack: Pick<Stack, 'unread'>): string {
  return without(PROMETHEUS, stack);
}

/** The same without an Alertmanager's. */
export function withoutAlertmanager(stack: Pick<Stack, 'unread'>): string {
  return without(ALERTMANAGER, stack);
}

function without({ name, has, never, judged }: Program, { unread }: Pick<Stack, 'unread'>): string {
  const one = unread.find(
    ({ file: { text }, reason }) =>
      MAYBE.has(reason) && has.every((part) => part.test(text)) && never?.test(text) !== true,
  );
  return one === undefined
    ? `there is no ${name}: ${judged}`
    : `there is no ${name} that could be read: ${one.file.path} ${WHY_UNREAD[one.reason]}; ${judged}`;
}
