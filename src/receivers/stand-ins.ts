import { isScalar } from 'yaml';
import type { Document, Scalar } from 'yaml';
import { SecretWords } from './secrets.ts';
import { eachSetting } from './settings.ts';
import type { Setting } from './settings.ts';

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
  const standIns = new StandIns();
  for (const key of ['global', 'receivers'])
    eachSetting(document.get(key), (setting) => standIns.putInto(setting), key);
  return { files: standIns.files, notes: [...standIns.notes] };
}

/** What stands in for files, secrets and placeholders of one configuration. */
class StandIns {
  readonly files: StandInFile[] = [];
  readonly notes = new Set<string>();
  readonly #secrets = new SecretWords();

  /** @returns whether there is nothing more to look at below the setting */
  putInto(setting: Setting): boolean {
    const { key, pair, map, holder } = setting;
    if (PROXIES.includes(key)) {
      map.delete(pair.key);
      this.notes.add(`\`${key}\` is taken out: nothing leaves the run`);
      return true;
    }
    // Whoever may do what at a cloud is no matter of the stand-in.
    if (key === 'role_arn') {
      map.delete(pair.key);
      return true;
    }
    const pem = holder === 'tls_config' ? PEMS[key] : undefined;
    if (pem !== undefined) {
      map.delete(pair.key);
      map.set(pem, this.#file({ ...setting, key: pem }));
      return true;
    }
    if (isScalar(pair.value) && typeof pair.value.value === 'string')
      return this.#putIntoText(setting, pair.value as Scalar<string>);
    return this.#secrets.putInto(setting);
  }

  #putIntoText(setting: Setting, text: Scalar<string>): boolean {
    const { key, map, kind } = setting;
    if (key.endsWith('_file') && text.value !== '') {
      this.notes.add(`\`${key}\` is read from a file of the run's own`);
      text.value = this.#file(setting);
      return true;
    }
    if (!PLACEHOLDER.test(text.value) || !isFilledIn(key)) return this.#secrets.putInto(setting);
    this.notes.add(`\`${key}: ${text.value}\` is a placeholder, and stood in for`);
    text.value = wordFor(key, kind);
    if (key === 'chat_id') map.set(key, Number(CHAT));
    return true;
  }

  /** The path of a new file that stands in for one under this key. */
  #file({ key, holder, kind }: Setting): string {
    const path = `${DIR}/${this.files.length}-${key}`;
    this.files.push({ path, content: contentOf(key, holder, kind) });
    return `/etc/${path}`;
  }
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
