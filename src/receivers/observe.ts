import { isMap, isSeq } from 'yaml';
import type { Document, YAMLMap } from 'yaml';
import type { ProofIntegration } from '../model/proof.ts';
import { endpointsOf, httpEndpoint } from './addresses.ts';
import type { Endpoint } from '../model/receivers.ts';
import type { Block } from './addresses.ts';
import { sendsResolvedByDefault } from './registry.ts';
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
 * Makes every receiver of an alertmanager.yml observable, in place: secrets are stood in for, proxies taken out, every
 * request says which integration sent it, and beside what a receiver has stands a webhook of the harness's own, which
 * gets alerts, labels and status as facts at the same time as people get their message.
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
  for (const [key, list] of listsOf(receiver))
    for (const integration of list) {
      const kind = key.slice(0, -'_configs'.length);
      const id = `${number}/${at++}`;
      const block = integration.toJS(document) as Block;
      const own = block['send_resolved'];
      found.integrations.push({
        id,
        receiver: name,
        kind,
        sendsResolved: typeof own === 'boolean' ? own : (sendsResolvedByDefault(kind) ?? true),
      });
      found.endpoints.push(...endpointsOf(kind, block, global));
      for (const way of ['resolve', 'reopen'] as const)
        if (typeof block[`${way}_transition`] === 'string')
          found.transitions[way].push(block[`${way}_transition`] as string);
      mark(document, integration, kind, id, global);
    }
  const facts = document.createNode({ url: `${factsUrl}${number}`, send_resolved: true });
  const webhooks = receiver.get('webhook_configs');
  if (isSeq(webhooks)) webhooks.add(facts);
  else receiver.set('webhook_configs', document.createNode([facts]));
}

/** The integrations of each kind; an empty one (`- `) counts too where its kind allows it. */
function listsOf(receiver: YAMLMap): [string, YAMLMap[]][] {
  return receiver.items.flatMap(({ key, value }): [string, YAMLMap[]][] =>
    String(key).endsWith('_configs') && isSeq(value)
      ? [[String(key), value.items.filter((item) => isMap(item))]]
      : [],
  );
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
