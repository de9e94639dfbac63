import type { SourceFile } from '../source/source-file.ts';
import type { Place } from '../source/value.ts';

/** One variable of a file of Compose's, such as `.env`. */
export interface EnvEntry {
  key: string;
  text: string;
  place: Place;
}

const LINE = /^(\s*(?:export\s+)?)([A-Za-z_][\w.]*)(\s*[=:]\s*)(.*)$/;

/**
 * The variables of an environment file (docs.docker.com/compose, "Env file syntax"): comments and
 * lines without `=` are left out, quotes are taken off, what stands behind ` #` is a comment.
 */
export function readEnvFile(file: SourceFile): EnvEntry[] {
  const entries: EnvEntry[] = [];
  let at = 0;
  for (const line of file.text.split('\n')) {
    const [, before = '', key, between = '', raw = ''] = LINE.exec(line.replace(/\r$/, '')) ?? [];
    if (key !== undefined) {
      const from = at + before.length + key.length + between.length;
      const { text, length } = valueOf(raw);
      entries.push({ key, text, place: { file, from, to: from + length } });
    }
    at += line.length + 1;
  }
  return entries;
}

function valueOf(raw: string): { text: string; length: number } {
  const quoted = /^(?:'([^']*)'|"((?:[^"\\]|\\.)*)")/.exec(raw);
  if (quoted) {
    const escaped = (quoted[2] ?? '').replace(/\\(.)/g, (_all, c: string) =>
      c === 'n' ? '\n' : c,
    );
    return { text: quoted[1] ?? escaped, length: quoted[0].length };
  }
  const text = raw.replace(/\s+#.*$/, '').trimEnd();
  return { text, length: text.length };
}
