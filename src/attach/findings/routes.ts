import type { LiveFinding } from '../../model/attach.ts';
import { live } from '../finding.ts';
import { placeOf } from './place.ts';
import { alertLabels } from '../../stack/alert-labels.ts';
import type { Stack } from '../../stack/index.ts';
import { receiversOf } from '../../stack/routing.ts';

/**
 * Alerts that Alertmanager, as it is configured now, tells to nobody.
 * @param system the running system, read as a stack
 * @returns `unclear`: alerts whose labels leave open where they go
 */
export function routeFindings(system: Stack): { findings: LiveFinding[]; unclear: string[] } {
  const [alertmanager] = system.alertmanagers;
  const unclear: string[] = [];
  if (!alertmanager?.route) return { findings: [], unclear };
  const { route } = alertmanager;
  const sends = new Map(alertmanager.receivers.map((r) => [r.name, r.integrations.length > 0]));
  const findings = system.rules
    .filter((rule) => rule.kind === 'alert')
    .flatMap((rule) => {
      const reached = receiversOf(route, alertLabels(rule, system));
      if (!reached) {
        unclear.push(rule.name);
        return [];
      }
      if (reached.some((name) => sends.get(name))) return [];
      return live('alertToNobody', {
        subject: `alert ${rule.name}`,
        where: placeOf(rule),
        title: `goes to ${reached.join(', ')}, which sends nothing anywhere`,
      });
    });
  return { findings, unclear };
}
