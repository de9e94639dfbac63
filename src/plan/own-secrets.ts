import type { Document } from 'yaml';
import { SecretWords } from '../receivers/secrets.ts';
import { eachSetting } from '../receivers/settings.ts';

/**
 * Writes words of the run's own in the place of every secret that stands in a file itself, in
 * place: a run's folder holds none. Nobody in a run asks for one that it doesn't have itself.
 */
export function withOwnSecrets(document: Document): void {
  const secrets = new SecretWords();
  eachSetting(document.contents, (setting) => secrets.putInto(setting), '');
}
