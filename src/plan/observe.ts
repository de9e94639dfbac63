import { isMap, isSeq, parseDocument, visit } from 'yaml';
import type { Document, YAMLMap } from 'yaml';
import { addWebhooks, integrationsOf } from '../alertmanager/integrations.ts';
import { OBSERVER } from '../model/observed.ts';
import type { ObservedIntegration } from '../model/plan.ts';
import type { StackFile } from '../model/spec.ts';
import { leadToOwnReceivers } from './own-receivers.ts';
import { withOwnSecrets, withoutSecrets } from './secrets/index.ts';

const ADDRESS = `${OBSERVER.host}:${OBSERVER.port}`;
/** Where each kind's configuration names whom it tells. */
const ADDRESSEE: Record<string, string> = { slack: 'channel', email: 'to' };

/**
 * The files of a run in which everything that is notified and pushed is told to the harness too:
 * beside each integration of each receiver stands a webhook that sends what it sends, at the same
 * time and with the same `send_resolved`; and Prometheus pushes to one Alertmanager more. What the
 * stack has is left as it is, but for secrets and servers: those are the run's own.
 */
export function observe(files: StackFile[]): {
  files: StackFile[];
  integrations: ObservedIntegration[];
} {
  const integrations: ObservedIntegration[] = [];
  const secret = new Set<string>();
  const all = withoutSecrets(files).flatMap((file) => {
    const edit = EDITS[file.path];
    if (!edit) return [file];
    const edited = editedFile(file, (document) => edit(document, integrations));
    for (const path of edited.secret) secret.add(path);
    return edited.files;
  });
  return { files: all.filter(({ path }) => !secret.has(path)), integrations };
}

/** What is done to the configurations, by their paths. */
const EDITS: Record<string, (document: Document, found: ObservedIntegration[]) => void> = {
  'alertmanager/alertmanager.yml': (document, found) => {
    leadToOwnReceivers(document);
    observeReceivers(document, found);
  },
  'prometheus/prometheus.yml': observePushes,
};

/** A configuration with files of the run's own that it names; and the stack's, in whose place. */
function editedFile(
  file: StackFile,
  edit: (document: Document) => void,
): { files: StackFile[]; secret: Iterable<string> } {
  const document = parseDocument(file.text, { logLevel: 'error', merge: true });
  // What one receiver is given is no other's.
  visit(document, {
    Alias: (_, alias) => document.createNode(alias.resolve(document)?.toJS(document)),
  });
  const { made, named } = withOwnSecrets(document, file.path);
  edit(document);
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: false });
  const used = made.filter(({ path }) => text.includes(`/etc/${path}`));
  return { files: [{ path: file.path, text }, ...used], secret: named };
}

function observeReceivers(document: Document, found: ObservedIntegration[]): void {
  const receivers = document.get('receivers');
  if (!isSeq(receivers)) return;
  for (const receiver of receivers.items)
    if (isMap(receiver)) observeOne(document, receiver, found);
}

function observeOne(document: Document, receiver: YAMLMap, found: ObservedIntegration[]): void {
  const written = receiver.get('name');
  const name = typeof written === 'string' ? written : '';
  const own = integrationsOf(document, receiver);
  const webhooks: object[] = [];
  const add = (kind: string | null, to: string | null, sendResolved: boolean): void => {
    const path = `/notified/${found.length}`;
    found.push({ path, receiver: name, kind, to });
    // An http_config of its own: the global one may lead over a proxy or ask for a login.
    webhooks.push({
      url: `http://${ADDRESS}${path}`,
      send_resolved: sendResolved,
      http_config: {},
    });
  };
  for (const { kind, config, sendsResolved } of own)
    add(kind, addressee(kind, config), sendsResolved);
  if (own.length === 0) add(null, null, true);
  addWebhooks(document, receiver, webhooks);
}

function addressee(kind: string, config: Record<string, unknown>): string | null {
  const to = config[ADDRESSEE[kind] ?? ''];
  if (typeof to !== 'string') return null;
  return kind === 'email'
    ? to
        .split(',')
        .map((one) => one.trim())
        .join(', ')
    : to;
}

/** Nothing is added where the stack pushes to nobody. */
function observePushes(document: Document): void {
  const alertmanagers = document.getIn(['alerting', 'alertmanagers']);
  if (!isSeq(alertmanagers) || alertmanagers.items.length === 0) return;
  alertmanagers.add(document.createNode({ static_configs: [{ targets: [ADDRESS] }] }));
}
