import { posix } from 'node:path';
import { matchesGlob } from '../../lib/glob.ts';
import type { SourceFile } from '../read/source-file.ts';
import type { Rule } from '../rule.ts';
import type { Stack } from '../stack/index.ts';

/** Where the images keep their configuration: what stands there in production is beside the file here. */
const MOUNTED = /^\/etc\/(prometheus|alertmanager)\//;
const SECRET = /(^|\/)secrets?(\/|$)/;

export const fileSyntax: Rule = {
  id: 'file/syntax',
  level: 'error',
  title: 'A file that cannot be read',
  why: 'The program that it is for refuses it, and starts without it or not at all.',
  mend: 'Correct it at this place: everything behind it may have been read wrongly.',
  check: ({ relevant }, say) => {
    for (const file of relevant) for (const error of file.errors) say({ file, from: error.from, to: error.to }, `${file.kind === 'json' ? 'no JSON' : file.kind === 'yaml' ? 'no YAML' : 'not readable'}: ${error.message}`);
  },
};

export const missingFile: Rule = {
  id: 'config/missing-file',
  level: 'error',
  title: 'A file that is named and not there',
  why: 'Prometheus starts without the rules and tells nobody; Alertmanager and compose refuse to start.',
  mend: 'Correct the path (it is relative to the file that names it), or add the file.',
  check: (stack, say) => {
    const { prometheus, alertmanager, compose } = stack;
    for (const { text, value } of prometheus ? [...prometheus.root.get('rule_files').texts(), ...prometheus.root.get('scrape_config_files').texts()] : []) if (absent(stack, prometheus?.file, text)) say(value.place, `no file matches \`${text}\``);
    for (const { text, value } of alertmanager?.root.get('templates').texts() ?? []) if (absent(stack, alertmanager?.file, text)) say(value.place, `no file matches \`${text}\``);
    for (const service of compose?.services ?? []) {
      for (const { source, value } of service.mounts) if (/^\.\.?\//.test(source) && !source.includes('$') && !SECRET.test(source) && pathKind(stack, compose?.file, source) === 'absent') say(value.place, `${source} is mounted and not there`, { subject: `service ${service.name}` });
      // A missing env_file may be a secret that is never in the repository: `.env` says so by its name.
      for (const { text, value } of service.value.get('env_file').texts()) if (!text.includes('$') && !/(^|\/)\.env|secret/.test(text) && pathKind(stack, compose?.file, text) === 'absent') say(value.place, `${text} is named and not there`, { subject: `service ${service.name}` });
    }
  },
};

export const ruleFileNotLoaded: Rule = {
  id: 'config/rule-file-not-loaded',
  level: 'warning',
  title: 'A rule file that nobody loads',
  why: 'Its alerts look as if they were there, and are never evaluated.',
  mend: 'Add it to `rule_files` in prometheus.yml.',
  check: (stack, say) => {
    const { prometheus } = stack;
    if (!prometheus || stack.severalPrometheus) return;
    const patterns = prometheus.root.get('rule_files').texts().map(({ text }) => inStack(prometheus.file, text));
    // A pattern that leads elsewhere may lead here in production.
    if (patterns.some((p) => p === undefined)) return;
    const files = new Set(stack.groups.map((g) => g.file));
    for (const file of files) if (!patterns.some((p) => p !== undefined && matchesGlob(file.path, p))) say({ file, from: 0, to: 0 }, `no pattern of rule_files matches ${file.path}`);
  },
};

/** A path or pattern as one relative to the stack; undefined when it leads where nobody can look. */
function inStack(from: SourceFile, path: string): string | undefined {
  const local = path.replace(MOUNTED, '');
  if (local.startsWith('/') || local.includes('$')) return undefined;
  const joined = posix.normalize(posix.join(posix.dirname(from.path), local));
  return joined.startsWith('..') ? undefined : joined;
}

function absent(stack: Stack, from: SourceFile | undefined, pattern: string): boolean {
  const local = from && inStack(from, pattern);
  if (local === undefined || SECRET.test(local)) return false;
  if (/[[\]{}]/.test(local)) return false;
  if (!/[*?]/.test(local)) return stack.stackPath(local) === 'absent';
  return stack.stackPath(posix.dirname(local)) !== 'unknown' && !stack.files.some((file) => matchesGlob(file.path, local)) && /\.(ya?ml|json|tmpl|\*)$/.test(local);
}

function pathKind(stack: Stack, from: SourceFile | undefined, path: string): string {
  const local = from && inStack(from, path);
  return local === undefined ? 'unknown' : stack.stackPath(local);
}
