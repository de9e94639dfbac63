import { isMap } from 'yaml';
import type { Document, YAMLMap } from 'yaml';
import { integrationsOf } from '../alertmanager/integrations.ts';
import { mapAt, mapsAt } from '../speedup/edit.ts';

/** Files of the run's own, laid over the stack's /etc: what they hold leads to its receivers. */
const SECRETS = '/etc/alertmanager/secrets';
const OWN = {
  mail: 'smtp:587',
  user: 'alertmanager',
  password: `${SECRETS}/smtp_password`,
  slack: `${SECRETS}/slack_api_url`,
  webhook: `${SECRETS}/watchdog_url`,
};
/** Over which way, and as whom, a request goes: none of the run's receivers asks. */
const WAY = ['http_config', 'tls_config', 'smtp_tls_config'];
const WEB_API = ['app_token', 'app_token_file', 'app_url'];
const IMPLICIT_TLS = ['force_implicit_tls', 'smtp_force_implicit_tls'];

/**
 * Leads everybody who is told by mail, Slack or webhook to the run's own receivers, in place:
 * whatever server production has, whatever file holds its address or password. Whom it names, what
 * it says and when stay as they are.
 */
export function leadToOwnReceivers(document: Document): void {
  const root = document.contents;
  if (!isMap(root)) return;
  const global = mapAt(root, 'global');
  const receivers = mapsAt(root, 'receivers').flatMap((one) => integrationsOf(document, one));
  const mails = receivers.flatMap(({ kind, node }) => (kind === 'email' && node ? [node] : []));
  if (global) {
    remove(global, WAY);
    leadMail(global, 'smtp_');
    leadSlack(global, 'slack_');
  }
  for (const { kind, node } of receivers) {
    if (!node) continue;
    remove(node, WAY);
    if (kind === 'email') leadMail(node, '');
    if (kind === 'slack') leadSlack(node, '');
    if (kind === 'webhook') leadWebhook(node);
  }
  for (const mail of mails)
    if (!hasLogin(mail, '') && !(global && hasLogin(global, 'smtp_'))) logIn(mail);
}

function leadMail(map: YAMLMap, prefix: string): void {
  const smarthost = prefix === '' ? 'smarthost' : 'smtp_smarthost';
  if (map.has(smarthost)) map.set(smarthost, OWN.mail);
  remove(map, IMPLICIT_TLS);
  if (replaceBy(map, passwordKeys(prefix))) map.set(`${prefix}auth_password_file`, OWN.password);
}

/** What a mail server asks for of whom it doesn't know, and a relay of one's own doesn't. */
function logIn(mail: YAMLMap): void {
  mail.set('auth_username', OWN.user);
  mail.set('auth_password_file', OWN.password);
  mail.set('require_tls', true);
}

function hasLogin(map: YAMLMap, prefix: string): boolean {
  return [`${prefix}auth_username`, ...passwordKeys(prefix)].some((key) => map.has(key));
}

function passwordKeys(prefix: string): string[] {
  return ['password', 'secret'].flatMap((word) => [
    `${prefix}auth_${word}`,
    `${prefix}auth_${word}_file`,
  ]);
}

function leadSlack(map: YAMLMap, prefix: string): void {
  const addresses = ['api_url', 'api_url_file', ...WEB_API].map((key) => `${prefix}${key}`);
  if (replaceBy(map, addresses)) map.set(`${prefix}api_url_file`, OWN.slack);
}

function leadWebhook(map: YAMLMap): void {
  if (replaceBy(map, ['url', 'url_file'])) map.set('url_file', OWN.webhook);
}

/** Whether any of these keys stood there; none does any more. */
function replaceBy(map: YAMLMap, keys: string[]): boolean {
  const had = keys.some((key) => map.has(key));
  remove(map, keys);
  return had;
}

function remove(map: YAMLMap, keys: string[]): void {
  for (const key of keys) map.delete(key);
}
