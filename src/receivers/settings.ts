import { isMap, isScalar, isSeq } from 'yaml';
import type { Pair, YAMLMap } from 'yaml';

/** One key of Alertmanager's configuration, and where it stands. */
export interface Setting {
  key: string;
  pair: Pair;
  map: YAMLMap;
  /** The key that holds the map, or the list in which the map stands. */
  holder: string;
  /** Of the receiver that it belongs to, as in `slack_configs`; empty outside of one. */
  kind: string;
}

/**
 * Looks at every key below a node, at any depth.
 * @param look whether it has dealt with a key and all below it
 * @param holder the key that holds the node
 */
export function eachSetting(
  root: unknown,
  look: (setting: Setting) => boolean,
  holder: string,
): void {
  const visit = (node: unknown, above: string, kind: string): void => {
    const inside = /^(.*)_configs$/.exec(above)?.[1] ?? kind;
    if (isSeq(node)) for (const item of node.items) visit(item, above, inside);
    if (!isMap(node)) return;
    // The list is copied: what is taken out of it mustn't hide its neighbour.
    for (const pair of [...node.items]) {
      const key = String(isScalar(pair.key) ? pair.key.value : pair.key);
      const setting = { key, pair, map: node, holder: above, kind: inside };
      if (!look(setting)) visit(pair.value, key, inside);
    }
  };
  visit(root, holder, '');
}
