import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { holdsSecret } from '../../lib/secret-names.ts';
import type { StackFile } from '../../model/spec.ts';
import { SecretWords } from '../../receivers/secrets.ts';
import { eachSetting } from '../../receivers/settings.ts';
import type { Setting } from '../../receivers/settings.ts';
import { STAND_IN, SecretFiles } from './files.ts';
import { putIntoGrafana } from './grafana.ts';

/** Where Prometheus would write whatever it is asked or can't scrape: no file of a run's. */
const WRITTEN = ['query_log_file', 'scrape_failure_log_file'];
/** As whom one connects: nobody in a run asks, and a key is a secret. */
const CLIENT_CERTIFICATE = ['cert', 'cert_file', 'key', 'key_file'];

/**
 * Writes words of the run's own in the place of every secret that stands in a configuration of
 * Prometheus or Alertmanager itself, and files of the run's own in that of files that hold one, in
 * place: a run's folder holds none, and no file of the machine is read. Nobody in a run asks for
 * one that it doesn't have itself.
 * @param path of the configuration, as in `StackFile`
 */
export function withOwnSecrets(document: Document, path: string): SecretFiles {
  const words = new SecretWords();
  const files = new SecretFiles(path);
  eachSetting(
    document.contents,
    (setting) => takenOut(setting) || files.putInto(setting) || words.putInto(setting),
    '',
  );
  return files;
}

function takenOut({ key, map, holder, pair }: Setting): boolean {
  const isOut =
    WRITTEN.includes(key) || (holder === 'tls_config' && CLIENT_CERTIFICATE.includes(key));
  if (isOut) map.delete(pair.key);
  return isOut;
}

/**
 * Files that a run carries beside those two configurations, without what is secret in them: of
 * Grafana's provisioning and of settings by line the values, of all others the whole file.
 */
export function withoutSecrets(files: StackFile[]): StackFile[] {
  return files.flatMap((file) => {
    if (/^grafana\/provisioning\/.*\.ya?ml$/.test(file.path)) return [provisioned(file)];
    if (SETTINGS.test(file.path)) return [{ ...file, text: settingsOf(file.text) }];
    return isKey(file) || !hasForm(file) ? [] : [file];
  });
}

/** Files that services mount: who looks for a secret finds a word of the run's own. */
export function mountedWithoutSecrets(files: StackFile[]): StackFile[] {
  return files.map((file) => {
    if (SETTINGS.test(file.path)) return { ...file, text: settingsOf(file.text) };
    return isKey(file) || SECRET_PATH.test(file.path) ? { ...file, text: STAND_IN } : file;
  });
}

/** Files in which each line sets something, as Grafana's own are written. */
const SETTINGS = /\.(ini|conf|cfg|toml|properties|env)$/;
const LINE = /^((?:export )?\s*([\w.]+)\s*=\s*)(?!\$__|\$\{)(\S.*)$/gm;
const SECRET_LINE = /(^|[_.])(pass(word)?|secret|secret_key|token|api_key|private_key)$/i;
const SECRET_PATH = /(^|\/)secrets\/|(pass(word|wd|phrase)?|secret|token|credentials|_key)$/i;

function settingsOf(text: string): string {
  const words = new SecretWords();
  return text.replace(LINE, (line: string, before: string, name: string, value: string) =>
    SECRET_LINE.test(name) || holdsSecret(name, value) ? before + words.word(value) : line,
  );
}

function isKey({ text }: StackFile): boolean {
  return /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text);
}

/** Whether a file is more than a word without a name that says what it is. */
function hasForm({ path, text }: StackFile): boolean {
  if (/\.\w+$/.test(path)) return true;
  const { contents, errors } = parseDocument(text, { logLevel: 'error', uniqueKeys: false });
  return errors.length === 0 && (isMap(contents) || isSeq(contents));
}

/** Left as it is written where it holds none. */
function provisioned(file: StackFile): StackFile {
  const document = parseDocument(file.text, { logLevel: 'error', merge: true });
  if (document.errors.length > 0 || isScalar(document.contents)) return file;
  return putIntoGrafana(document)
    ? { ...file, text: document.toString({ lineWidth: 0, flowCollectionPadding: false }) }
    : file;
}
