import { isMap, isScalar, isSeq } from 'yaml';
import type { Document, Node, Pair } from 'yaml';
import { SecretWords } from '../receivers/secrets.ts';

/**
 * Writes words of the run's own in the place of every secret that stands in a file itself, in
 * place: a run's folder holds none. Nobody in a run asks for one that it doesn't have itself.
 */
export function withOwnSecrets(document: Document): void {
  const secrets = new SecretWords();
  const visitPair = ({ key, value }: Pair, kind: string): void => {
    const name = String(isScalar(key) ? key.value : key);
    if (isScalar(value) && typeof value.value === 'string')
      value.value = secrets.of(name, value.value, kind) ?? value.value;
    else if (name === 'secrets' && isSeq(value)) {
      for (const item of value.items)
        if (isScalar(item)) item.value = secrets.word(String(item.value));
    } else visit(value as Node | null, name, kind);
  };
  const visit = (node: Node | null, holder: string, kind: string): void => {
    const inside = /^(.*)_configs$/.exec(holder)?.[1] ?? kind;
    if (isSeq(node)) for (const item of node.items) visit(item as Node, holder, inside);
    if (isMap(node)) for (const pair of node.items) visitPair(pair, inside);
  };
  visit(document.contents, '', '');
}
