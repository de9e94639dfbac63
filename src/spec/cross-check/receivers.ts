import type { AlertmanagerDraft } from '../alertmanager.ts';
import type { ContractDraft } from '../contract.ts';
import type { Collector } from './collector.ts';

/** Alertmanager has the contract's receivers, with an integration of their kind. */
export function checkReceivers(
  { contract, source }: ContractDraft,
  alertmanager: AlertmanagerDraft | undefined,
  { say, known }: Collector,
): void {
  for (const { name, kind, source: at } of contract.receivers) {
    known(at, 'Alertmanager has no receiver', name, alertmanager?.receiverNames);
    const real = alertmanager?.spec.receivers.find((r) => r.name === name);
    if (real && !real.integrations.some((i) => i.kind === kind))
      say(
        source.at(['receivers', name, 'kind']),
        `receiver \`${name}\` has no ${kind}_configs in ${real.source.file}`,
        real.integrations.length > 0
          ? `${[...new Set(real.integrations.map((i) => i.kind))].join(' or ')}, as there`
          : `a receiver with ${kind}_configs`,
      );
  }
}
