import type { Node } from '../../../go-template/ast.ts';
import { ALERTMANAGER } from '../../../go-template/languages.ts';
import { parseTemplate } from '../../../go-template/parse.ts';
import { render } from '../../../go-template/render/index.ts';
import { notificationWorld } from '../../../go-template/render/notification.ts';
import type { ToldAlert } from '../../../go-template/render/notification.ts';
import { UNKNOWN } from '../../../go-template/render/print.ts';
import { definitions } from '../../../go-template/uses.ts';
import type { Integration } from '../../../stack/alertmanager.ts';
import type { Stack } from '../../../stack/index.ts';
import { textsIn, valueAt } from '../../../stack/source/paths.ts';
import type { Value } from '../../../stack/source/value.ts';
import { notificationTemplates } from '../../common/read-templates.ts';
import type { Rule, Say } from '../../rule.ts';

export const messageOtherwise: Rule = {
  id: 'promise/message-otherwise',
  level: 'error',
  title: 'A message that reads otherwise than the contract promises',
  why: 'People read something else of the same alert, or miss what they need to act.',
  mend: 'Correct the template, or `messages` in the contract.',
  check: (stack, say) => {
    if (stack.alertmanagers.length === 0) return;
    const templates = definedIn(stack);
    for (const { key: name, value } of stack.contract?.root.get('messages').entries() ?? []) {
      const told = { alerts: alertsIn(value), groupBy: groupedBy(value, stack) };
      for (const { key: receiver, value: reads } of value.get('reads').entries()) {
        const own = integrationOf(receiver, stack);
        const filledIn = (text: string): string =>
          render(
            parseTemplate(text, ALERTMANAGER).nodes,
            notificationWorld({ ...told, receiver }),
            templates,
          ).text;
        if (own) judge(own, reads, filledIn, { name, receiver }, say);
        else
          say(reads.keyPlace, `no receiver is called ${receiver}, and a message to it is promised`);
      }
    }
  },
};

/** Templates that can be called by name. */
function definedIn(stack: Stack): ReadonlyMap<string, Node[]> {
  const all = notificationTemplates(stack).flatMap(({ template }) => definitions(template.nodes));
  return new Map(all.map(({ name, body }) => [name, body]));
}

function alertsIn(message: Value): ToldAlert[] {
  return message
    .get('alerts')
    .items()
    .map((alert) => {
      const endsMs = Date.parse(alert.get('ends').text() ?? '');
      return {
        labels: mapOf(alert.get('labels')),
        annotations: mapOf(alert.get('annotations')),
        startsMs: Date.parse(alert.get('starts').text() ?? ''),
        endsMs: Number.isNaN(endsMs) ? undefined : endsMs,
      };
    });
}

function mapOf(map: Value): Record<string, string> {
  return Object.fromEntries(map.entries().map(({ key, value }) => [key, value.text() ?? '']));
}

/** Its own word, or how the contract has alerts told together. */
function groupedBy(message: Value, { contract }: Stack): string[] {
  const own = message.get('group_by');
  const said = own.exists ? own : contract?.root.get('telling').get('group_by');
  return (said?.texts() ?? []).map(({ text }) => text);
}

/** The one of the kind that the contract promises, or the first. */
function integrationOf(
  receiver: string,
  { alertmanagers, contract }: Stack,
): Integration | undefined {
  const kind = contract?.root.get('receivers').get(receiver).get('kind').text();
  const all = alertmanagers
    .flatMap(({ receivers }) => receivers.filter(({ name }) => name === receiver))
    .flatMap(({ integrations }) => integrations);
  return all.find((one) => one.kind === kind) ?? all[0];
}

/** Each text that is promised, against what stands at the same keys of the integration. */
function judge(
  { value }: Integration,
  reads: Value,
  filledIn: (text: string) => string,
  { name, receiver }: { name: string; receiver: string },
  say: Say,
): void {
  const subject = `receiver ${receiver}`;
  for (const { text: wanted, path } of textsIn(reads)) {
    const written = valueAt(value, path);
    const text = written.text();
    const key = path.join('.');
    const seen = text === undefined ? undefined : filledIn(text);
    if (seen !== undefined && isRead(wanted, seen)) continue;
    say(
      written.exists ? written.place : value.head,
      seen === undefined
        ? `${receiver} has no \`${key}\` of its own, and \`${wanted}\` is promised for "${name}"`
        : `the \`${key}\` of ${receiver} reads ${around(seen, wanted)} for "${name}", and ` +
            `${around(wanted, seen)} is promised`,
      { subject },
    );
  }
}

/** What isn't known of what is read may be anything. */
function isRead(wanted: string, seen: string): boolean {
  if (!seen.includes(UNKNOWN)) return seen === wanted;
  const [first = '', ...rest] = seen.split(UNKNOWN);
  const last = rest.pop() ?? '';
  if (!wanted.startsWith(first)) return false;
  let at = first.length;
  for (const piece of rest) {
    const next = wanted.indexOf(piece, at);
    if (next < 0) return false;
    at = next + piece.length;
  }
  return wanted.length - last.length >= at && wanted.endsWith(last);
}

const BEFORE = 20;

const SHOWN = 60;

/** The part of a text at which it begins to differ from another. */
function around(text: string, other: string): string {
  let same = 0;
  while (same < text.length && text[same] === other[same]) same++;
  const from = Math.max(0, same - BEFORE);
  const part = text.slice(from, from + SHOWN);
  return `\`${from > 0 ? '…' : ''}${part}${from + SHOWN < text.length ? '…' : ''}\``;
}
