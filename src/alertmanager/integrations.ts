import { isMap, isSeq } from 'yaml';
import type { Document, YAMLMap } from 'yaml';
import { sendsResolved } from './send-resolved.ts';

const CONFIGS = '_configs';
const WEBHOOKS = `webhook${CONFIGS}`;

/** One way in which a receiver of an alertmanager.yml tells people. */
export interface WrittenIntegration {
  /** `slack`, as in `slack_configs`. */
  kind: string;
  /** Where it is written; undefined where nothing is (`- `), which some kinds allow. */
  node: YAMLMap | undefined;
  /** What is written there. */
  config: Record<string, unknown>;
  sendsResolved: boolean;
}

/** The integrations of a receiver, in the order in which they are written. */
export function integrationsOf(document: Document, receiver: YAMLMap): WrittenIntegration[] {
  return receiver.items.flatMap(({ key, value }): WrittenIntegration[] => {
    const name = String(key);
    if (!name.endsWith(CONFIGS) || !isSeq(value)) return [];
    const kind = name.slice(0, -CONFIGS.length);
    return value.items.map((item) => {
      const node = isMap(item) ? item : undefined;
      const config = (node?.toJS(document) ?? {}) as Record<string, unknown>;
      return { kind, node, config, sendsResolved: sendsResolved(kind, config['send_resolved']) };
    });
  });
}

/**
 * Gives a receiver webhooks beside what it has: on the same route, with the same grouping and
 * moment.
 */
export function addWebhooks(document: Document, receiver: YAMLMap, webhooks: object[]): void {
  const present = receiver.get(WEBHOOKS);
  const nodes = webhooks.map((webhook) => document.createNode(webhook));
  if (isSeq(present)) for (const node of nodes) present.add(node);
  else receiver.set(WEBHOOKS, document.createNode(webhooks));
}
