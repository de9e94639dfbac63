import { isMap, isScalar, isSeq } from 'yaml';
import type { Document, Node, Pair, YAMLMap } from 'yaml';
import { SecretWords } from './secrets.ts';

/** What is written into a file that stands in for one that the stack's folder doesn't have. */
export type StandInContent = { text: string } | { pem: 'cert' | 'key' };

/** A file of the run's own, laid over /etc. */
export interface StandInFile {
  /** Below /etc. */
  path: string;
  content: StandInContent;
}

const DIR = 'alertmanager/stand-ins';
/** What a tool fills in before Alertmanager reads it: `${NAME}`, `$NAME`, `<name>`, `%NAME%`. */
const PLACEHOLDER = /\$\{?\w+\}?|^<.*>$|%\w+%|\{\{\s*\.Values/;
const PROXIES = ['proxy_url', 'proxy_from_environment', 'no_proxy', 'proxy_connect_header'];
/** Telegram wants a number. */
const CHAT = '-1000000001';

/** Certificates and keys that are written out: the run's receivers have the run's own. */
const PEMS: Record<string, string> = { ca: 'ca_file', cert: 'cert_file', key: 'key_file' };

/**
 * Puts files of the run's own in the place of every file with a secret, and words in that of
 * secrets and placeholders; takes proxies out. Works on `global` and on the receivers, whatever
 * their depth.
 * @returns the files, and for people what was replaced
 */
export function standIn(document: Document): { files: StandInFile[]; notes: string[] } {
  const files: StandInFile[] = [];
  const notes = new Set<string>();
  const secrets = new SecretWords();
  const file = (key: string, holder: string, kind: string): string => {
    const path = `${DIR}/${files.length}-${key}`;
    files.push({ path, content: contentOf(key, holder, kind) });
    return `/etc/${path}`;
  };
  const visitPair = (pair: Pair, map: YAMLMap, holder: string, kind: string): void => {
    const key = String(isScalar(pair.key) ? pair.key.value : pair.key);
    if (PROXIES.includes(key)) {
      map.delete(pair.key);
      notes.add(`\`${key}\` is taken out: nothing leaves the run`);
      return;
    }
    // Whoever may do what at a cloud is no matter of the stand-in.
    if (key === 'role_arn') return void map.delete(pair.key);
    const value = pair.value;
    const pem = holder === 'tls_config' ? PEMS[key] : undefined;
    if (pem !== undefined) {
      map.delete(pair.key);
      return void map.set(pem, file(pem, holder, kind));
    }
    if (isScalar(value) && typeof value.value === 'string') {
      if (key.endsWith('_file') && value.value !== '') {
        notes.add(`\`${key}\` is read from a file of the run's own`);
        value.value = file(key, holder, kind);
      } else if (PLACEHOLDER.test(value.value) && isFilledIn(key)) {
        notes.add(`\`${key}: ${value.value}\` is a placeholder, and stood in for`);
        value.value = wordFor(key, kind);
        if (key === 'chat_id') map.set(key, Number(CHAT));
      } else value.value = secrets.of(key, value.value, kind) ?? value.value;
    } else if (key === 'secrets' && isSeq(value)) {
      // `http_headers` may have several values that are secrets.
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
  for (const key of ['global', 'receivers']) visit(document.get(key) as Node | null, key, '');
  return { files, notes: [...notes] };
}

/**
 * Whether a placeholder under this key would be taken for what it isn't; texts with a dollar sign
 * are texts.
 */
function isFilledIn(key: string): boolean {
  return /url$|^chat_id$|smarthost$|^(smtp_)?(from|to)$/.test(key);
}

function wordFor(key: string, kind: string): string {
  if (/url$/.test(key)) return urlFor(kind || key.split('_')[0] || 'receiver');
  if (/smarthost$/.test(key)) return 'smtp.stand-in.example:587';
  return key === 'chat_id' ? CHAT : 'nobody@stand-in.example';
}

function urlFor(kind: string): string {
  return `https://${kind.replace(/[^a-z0-9]/g, '')}.stand-in.example/services/run`;
}

function contentOf(key: string, holder: string, kind: string): StandInContent {
  if (key === 'ca_file' || key === 'cert_file') return { pem: 'cert' };
  if (key === 'key_file' && holder.endsWith('tls_config')) return { pem: 'key' };
  if (key.endsWith('url_file')) return { text: urlFor(kind || key.split('_')[0] || 'receiver') };
  return { text: key === 'chat_id_file' ? CHAT : 'stand-in' };
}

/** URLs that stand in for what files hold, for whoever listens there. */
export function urlsIn(files: StandInFile[]): string[] {
  return files.flatMap(({ content }) =>
    'text' in content && content.text.startsWith('https://') ? [content.text] : [],
  );
}
