import { isMap, isScalar, isSeq } from 'yaml';
import type { Document, Node, Pair, YAMLMap } from 'yaml';
import { SecretWords } from '../receivers/secrets.ts';

/**
 * Where the run has the password that its mail server asks for: whatever the stack logs in with
 * leads there.
 */
const MAIL_PASSWORD = '/etc/alertmanager/secrets/smtp_password';
const MAIL_PASSWORDS = ['smtp_auth_password', 'auth_password'];
/** A certificate of a client's own: none of the run's receivers and targets asks for one. */
const CLIENT_CERTIFICATE = ['cert', 'key', 'cert_file', 'key_file'];

/**
 * Writes words of the run's own in the place of every secret that stands in a file itself, in
 * place: a run's folder holds none, and whoever is asked for one in the run knows the run's own.
 * Secrets in files of their own are no matter of it: those of the run are laid over them.
 */
export function withOwnSecrets(document: Document): void {
  const secrets = new SecretWords();
  const visitPair = (pair: Pair, map: YAMLMap, holder: string, kind: string): void => {
    const key = String(isScalar(pair.key) ? pair.key.value : pair.key);
    const { value } = pair;
    if (holder === 'tls_config' && CLIENT_CERTIFICATE.includes(key)) map.delete(pair.key);
    else if (MAIL_PASSWORDS.includes(key)) {
      map.delete(pair.key);
      map.set(`${key}_file`, MAIL_PASSWORD);
    } else if (isScalar(value) && typeof value.value === 'string')
      value.value = secrets.of(key, value.value, kind) ?? value.value;
    else if (key === 'secrets' && isSeq(value)) {
      for (const item of value.items)
        if (isScalar(item)) item.value = secrets.word(String(item.value));
    } else visit(value as Node | null, key, kind);
  };
  const visit = (node: Node | null, holder: string, kind: string): void => {
    const inside = /^(.*)_configs$/.exec(holder)?.[1] ?? kind;
    if (isSeq(node)) for (const item of node.items) visit(item as Node, holder, inside);
    // The list is copied: what is taken out of it mustn't hide its neighbour.
    if (isMap(node)) for (const pair of [...node.items]) visitPair(pair, node, holder, inside);
  };
  visit(document.contents, '', '');
}
