import { isMap, isSeq } from 'yaml';
import type { Document, YAMLMap } from 'yaml';
import { addWebhooks, integrationsOf } from '../alertmanager/integrations.ts';
import type { ProofIntegration } from '../model/proof-plan.ts';
import { endpointsOf, httpEndpoint } from './addresses.ts';
import type { Endpoint } from '../model/receivers.ts';
import type { Block } from './addresses.ts';
import type { Transitions } from './registry.ts';
import { standIn, urlsIn } from './stand-ins.ts';
import type { StandInFile } from './stand-ins.ts';

/** By this header every request and every mail says which integration sent it. */
export const INTEGRATION_HEADER = 'X-Gtv-Integration';

/** What Alertmanager of the run is given, and who has to listen for it. */
export interface ObservedReceivers {
  /** Receivers by their number. */
  receivers: string[];
  integrations: ProofIntegration[];
  endpoints: Endpoint[];
  files: StandInFile[];
  transitions: Transitions;
  /** For people: what was stood in for. */
  notes: string[];
}

/**
 * Makes every receiver of an alertmanager.yml observable, in place: secrets are stood in for,
 * proxies taken out, every request says which integration sent it, and beside what a receiver has
 * stands a webhook of the harness's own, which gets alerts, labels and status as facts at the same
 * time as people get their message.
 * @param factsUrl where facts are posted; the receiver's number is appended to it
 */
export function observeReceivers(document: Document, factsUrl: string): ObservedReceivers {
  const { files, notes } = standIn(document);
  const global = plain(document, 'global') as Block | undefined;
  const found: ObservedReceivers = {
    receivers: [],
    integrations: [],
    endpoints: urlsIn(files).flatMap(httpEndpoint),
    files,
    transitions: { resolve: [], reopen: [] },
    notes,
  };
  const receivers = document.get('receivers');
  for (const receiver of isSeq(receivers) ? receivers.items : [])
    if (isMap(receiver)) observe(document, receiver, global ?? {}, factsUrl, found);
  found.endpoints = distinct(found.endpoints);
  return found;
}

function observe(
  document: Document,
  receiver: YAMLMap,
  global: Block,
  factsUrl: string,
  found: ObservedReceivers,
): void {
  const number = found.receivers.length;
  const name = textOf(receiver.get('name'));
  found.receivers.push(name);
  let at = 0;
  for (const { kind, node, config, sendsResolved } of integrationsOf(document, receiver)) {
    if (!node) continue;
    const id = `${number}/${at++}`;
    found.integrations.push({ id, receiver: name, kind, sendsResolved });
    found.endpoints.push(...endpointsOf(kind, config, global));
    for (const way of ['resolve', 'reopen'] as const)
      if (typeof config[`${way}_transition`] === 'string')
        found.transitions[way].push(config[`${way}_transition`] as string);
    mark(document, node, kind, id, global);
  }
  addWebhooks(document, receiver, [{ url: `${factsUrl}${number}`, send_resolved: true }]);
}

function mark(
  document: Document,
  integration: YAMLMap,
  kind: string,
  id: string,
  global: Block,
): void {
  if (kind === 'email') {
    if (!isMap(integration.get('headers'))) integration.set('headers', document.createNode({}));
    integration.setIn(['headers', INTEGRATION_HEADER], id);
    return;
  }
  // An http_config of its own takes the place of the global one as a whole (config/config.go).
  if (!isMap(integration.get('http_config')))
    integration.set('http_config', document.createNode(global['http_config'] ?? {}));
  integration.setIn(
    ['http_config', 'http_headers', INTEGRATION_HEADER],
    document.createNode({ values: [id] }),
  );
}

function plain(document: Document, key: string): unknown {
  const value = document.get(key);
  return isMap(value) ? value.toJS(document) : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function distinct(endpoints: Endpoint[]): Endpoint[] {
  return [...new Map(endpoints.map((e) => [`${e.host}:${e.port}`, e])).values()];
}
