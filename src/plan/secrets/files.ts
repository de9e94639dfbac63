import { posix } from 'node:path';
import { isScalar, isSeq } from 'yaml';
import type { StackFile } from '../../model/spec.ts';
import type { Setting } from '../../receivers/settings.ts';

/** Certificates are public. */
const NAMES_SECRET = /(?<!^ca|^cert|^key)_file$/;
/** What stands in a file in the place of a secret. */
export const STAND_IN = 'stand-in';

/** The files with secrets that one configuration names, and what stands in for each. */
export class SecretFiles {
  /** Of the stack: a run doesn't carry them. */
  readonly named = new Set<string>();
  /** Of the run's own. */
  readonly made: StackFile[] = [];
  readonly #folder: string;

  /** @param configuration path of what names them, as in `StackFile` */
  constructor(configuration: string) {
    this.#folder = posix.dirname(configuration);
  }

  /** @returns whether the setting names such files */
  putInto({ key, pair: { value }, holder, map }: Setting): boolean {
    // `http_headers` may have several files of values.
    if (key === 'files' && isSeq(value) && holder !== 'file_sd_configs') {
      for (const item of value.items)
        if (isScalar(item)) item.value = this.#insteadOf(String(item.value));
      return true;
    }
    if (!NAMES_SECRET.test(key) || !isScalar(value) || typeof value.value !== 'string')
      return false;
    if (value.value !== '') map.set(key, this.#insteadOf(value.value));
    return true;
  }

  #insteadOf(path: string): string {
    this.named.add(posix.normalize(posix.resolve(`/etc/${this.#folder}`, path).slice(5)));
    const made = `${this.#folder}/stand-ins/${this.made.length}`;
    this.made.push({ path: made, text: STAND_IN });
    return `/etc/${made}`;
  }
}
