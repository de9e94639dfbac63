import type { Document } from 'yaml';
import { isScalar } from 'yaml';
import { SecretWords } from '../../receivers/secrets.ts';
import { eachSetting } from '../../receivers/settings.ts';

/** All in them is secret. */
const SECURE = ['secureJsonData', 'secureSettings'];
const SECRET = /(password|token|secret|api_?key|integrationKey|userKey|privateKey)$/i;
/** Comes from elsewhere: from a file, or the environment. */
const ELSEWHERE = /^\$/;

/**
 * Writes words of the run's own in the place of the secrets of Grafana's provisioning, in place:
 * what data sources log in with, and where and as whom contact points tell people.
 * @returns whether there was any
 */
export function putIntoGrafana(document: Document): boolean {
  const words = new SecretWords();
  let found = false;
  eachSetting(
    document.contents,
    ({ key, pair: { value }, holder }) => {
      if (!isScalar(value) || typeof value.value !== 'string' || ELSEWHERE.test(value.value))
        return false;
      const word =
        SECURE.includes(holder) || SECRET.test(key)
          ? words.word(value.value)
          : words.of(key, value.value, holder === 'settings' && key === 'url' ? 'webhook' : '');
      if (word === undefined) return false;
      value.value = word;
      found = true;
      return true;
    },
    '',
  );
  return found;
}
