import { posix } from 'node:path';
import { matchesGlob } from '../../lib/glob.ts';
import type { SourceFile } from '../../stack/source/source-file.ts';
import type { Rule } from '../rule.ts';
import type { Stack } from '../../stack/index.ts';

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
    for (const file of relevant)
      for (const error of file.errors)
        say(
          { file, from: error.from, to: error.to },
          `${file.kind === 'json' ? 'no JSON' : file.kind === 'yaml' ? 'no YAML' : 'not readable'}: ${error.message}`,
        );
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
    for (const { text, value } of prometheus
      ? [
          ...prometheus.root.get('rule_files').texts(),
          ...prometheus.root.get('scrape_config_files').texts(),
        ]
      : [])
      if (absent(stack, prometheus?.file, text)) say(value.place, `no file matches \`${text}\``);
    for (const { text, value } of alertmanager?.root.get('templates').texts() ?? [])
      if (absent(stack, alertmanager?.file, text)) say(value.place, `no file matches \`${text}\``);
    for (const service of compose?.services ?? []) {
      for (const { source, value } of service.mounts)
        if (
          /^\.\.?\//.test(source) &&
          !source.includes('$') &&
          !SECRET.test(source) &&
          absent(stack, compose?.file, source)
        )
          say(value.place, `${source} is mounted and not there`, {
            subject: `service ${service.name}`,
          });
      // A missing env_file may be a secret that is never in the repository: `.env` says so by its name.
      for (const { text, value } of service.value.get('env_file').texts())
        if (
          !text.includes('$') &&
          !/(^|\/)\.env|secret/.test(text) &&
          absent(stack, compose?.file, text)
        )
          say(value.place, `${text} is named and not there`, {
            subject: `service ${service.name}`,
          });
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
    const patterns = prometheus.root
      .get('rule_files')
      .texts()
      .map(({ text }) => inStack(stack, prometheus.file, text));
    // A pattern that leads elsewhere may lead here in production.
    if (patterns.some((places) => places.length === 0)) return;
    const files = new Set(stack.groups.map((g) => g.file));
    for (const file of files)
      if (!patterns.flat().some((place) => matchesGlob(file.path, place)))
        say({ file, from: 0, to: 0 }, `no pattern of rule_files matches ${file.path}`);
  },
};

/**
 * Where a path or pattern that a configuration names may lie in the stack: beside the file, or where the compose file
 * mounts it from. None when it leads where nobody can look.
 */
function inStack({ compose }: Stack, from: SourceFile, path: string): string[] {
  if (path.includes('$')) return [];
  const folder =
    compose?.file === from
      ? undefined
      : from.path.includes('alertmanager')
        ? '/etc/alertmanager'
        : '/etc/prometheus';
  const local = path.replace(MOUNTED, '');
  const beside = local.startsWith('/') ? [] : [posix.join(posix.dirname(from.path), local)];
  const inside = path.startsWith('/') ? path : folder && posix.join(folder, path);
  const mounted = (
    inside === undefined ? [] : (compose?.services ?? []).flatMap((s) => s.mounts)
  ).flatMap(({ source, target }) => {
    const base = target.replace(/\/$/, '');
    return compose &&
      inside !== undefined &&
      /^\.\.?\//.test(source) &&
      (inside === base || inside.startsWith(`${base}/`))
      ? [posix.join(posix.dirname(compose.file.path), source, inside.slice(base.length))]
      : [];
  });
  return [...beside, ...mounted].map((p) => posix.normalize(p)).filter((p) => !p.startsWith('..'));
}

/** Whether nothing is where it could be. */
function absent(stack: Stack, from: SourceFile | undefined, pattern: string): boolean {
  const places = from ? inStack(stack, from, pattern) : [];
  return (
    places.length > 0 &&
    places.every((place) => {
      if (SECRET.test(place) || /[[\]{}]/.test(place)) return false;
      if (!/[*?]/.test(place)) return stack.stackPath(place) === 'absent';
      // Only files of these endings are read.
      return (
        /\.(ya?ml|rules?|json|tmpl|\*)$/.test(place) &&
        stack.stackPath(posix.dirname(place)) !== 'unknown' &&
        !stack.files.some((file) => matchesGlob(file.path, place))
      );
    })
  );
}
