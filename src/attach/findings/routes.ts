import type { LiveFinding } from '../../model/attach.ts';
import { live } from '../finding.ts';
import { isRouted } from '../live-unread.ts';
import { placeOf } from './place.ts';
import { alertLabels } from '../../stack/alert-labels.ts';
import type { Stack } from '../../stack/index.ts';
import { receiversOf } from '../../stack/routing.ts';
import type { Rule } from '../../stack/rules.ts';

/**
 * Alerts that Alertmanager, as it is configured now, tells to nobody.
 * @param system the running system, read as a stack
 * @returns `unclear`: alerts whose labels leave open where they go
 */
export function routeFindings(system: Stack): { findings: LiveFinding[]; unclear: string[] } {
  const [alertmanager] = system.alertmanagers;
  const unclear: string[] = [];
  // What couldn't be read of it is told as not judged.
  if (!alertmanager?.route || !isRouted(system)) return { findings: [], unclear };
  const { route } = alertmanager;
  const sends = new Map(alertmanager.receivers.map((r) => [r.name, r.integrations.length > 0]));
  const lost = new Map<string, Rule[]>();
  for (const rule of system.rules.filter(({ kind }) => kind === 'alert')) {
    const reached = receiversOf(route, alertLabels(rule, system));
    if (!reached) unclear.push(rule.name);
    else if (!reached.some((name) => sends.get(name)))
      lost.set(reached.join(', '), [...(lost.get(reached.join(', ')) ?? []), rule]);
  }
  return { findings: [...lost].flatMap(([names, rules]) => toNobody(names, rules)), unclear };
}

/** More names than this in one line are no help. */
const MOST_NAMES = 4;

/** However many alerts come to a receiver that tells nobody, it is one fault. */
function toNobody(receivers: string, rules: Rule[]): LiveFinding[] {
  const [first] = rules;
  if (!first) return [];
  const names = [...new Set(rules.map(({ name }) => name))];
  const shown = names.slice(0, names.length > MOST_NAMES ? MOST_NAMES - 1 : MOST_NAMES).join(', ');
  const others = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES + 1} more` : '';
  return [
    live('alertToNobody', {
      subject: `receiver ${receivers}`,
      where: placeOf(first),
      title: `sends nothing anywhere, and is all that ${shown}${others} come to`,
    }),
  ];
}
