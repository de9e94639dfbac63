import { posix } from 'node:path';
import { hasWildcard, matchesGlob } from '../../lib/glob.ts';
import { envFilesOf } from '../../stack/compose/service.ts';
import type { Mount } from '../../stack/compose/service.ts';
import type { SourceFile } from '../../stack/source/source-file.ts';
import type { Rule } from '../rule.ts';
import type { Stack } from '../../stack/index.ts';
import { placesInStack } from '../../stack/mounts.ts';
import { PROMETHEUS_IMAGE } from '../../stack/pinned.ts';
import { PROMETHEUS_FOLDER } from '../../stack/rule-files.ts';
import { unmounted } from '../../stack/unmounted.ts';
import { configurationsNamed } from './config-flag.ts';
import { partsNamed } from './named-files.ts';

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
  why:
    'Prometheus starts without the rules and tells nobody; Alertmanager refuses to start; Docker ' +
    'makes an empty folder of it, or refuses too, as Compose and kustomize do.',
  mend: 'Correct the path (it is relative to the file that names it), or add the file.',
  check: (stack, say) => {
    for (const { file, root, ruleFiles } of stack.prometheus) {
      for (const { text, value, files } of ruleFiles)
        if ((files?.length ?? 0) === 0) {
          if (absent(stack, file, PROMETHEUS_FOLDER, text))
            say(value.place, `no file matches \`${text}\``);
        } else {
          const inside = unmounted(stack.composes, PROMETHEUS_IMAGE, file.path, text);
          if (inside !== undefined)
            say(value.place, `nothing is mounted at ${inside}, where the container looks for it`, {
              mend: 'Mount it there beside the configuration.',
            });
        }
      for (const { text, value } of root.get('scrape_config_files').texts())
        if (absent(stack, file, PROMETHEUS_FOLDER, text))
          say(value.place, `no file matches \`${text}\``);
    }
    for (const { file, root } of stack.alertmanagers)
      for (const { text, value } of root.get('templates').texts())
        // Where there are no templates at all, a pattern for them waits for some: it is no fault.
        if (
          (!hasWildcard(text) || stack.templates.length > 0) &&
          absent(stack, file, '/etc/alertmanager', text)
        )
          say(value.place, `no file matches \`${text}\``);
    for (const { from, value } of partsNamed(stack))
      if (absent(stack, from, undefined, value.text() ?? ''))
        say(value.place, `${value.text() ?? ''} is named and not there`);
    for (const { compose, service, value, path, from } of configurationsNamed(stack))
      if (from === undefined || (from === 'stack' && absent(stack, compose.file, undefined, path)))
        say(value.place, `nothing is mounted at ${path}: ${service.name} does not start`, {
          subject: `service ${service.name}`,
        });
    for (const { compose, service } of stack.composes.flatMap((one) =>
      one.services.map((each) => ({ compose: one, service: each })),
    )) {
      const subject = `service ${service.name}`;
      for (const mount of service.mounts) {
        const { source, value } = mount;
        if (isPath(source) && !isMade(mount) && absent(stack, compose.file, undefined, source))
          say(value.place, `${source} is mounted and not there`, { subject });
      }
      // A missing env_file may be a secret that is never in the repository: `.env` says so by its
      // name.
      for (const { text, value } of service.values.flatMap(envFilesOf))
        if (!/(^|\/)\.env|secret/.test(text) && absent(stack, value.file, undefined, text))
          say(value.place, `${text} is named and not there`, { subject });
    }
  },
};

/**
 * With the short form Docker makes a folder that isn't there, as data wants it. Where a file, a
 * configuration or something to read only is meant, an empty folder is no help.
 */
function isMade({ source, target, value }: Mount): boolean {
  // `conf.d` is a folder by its name.
  const isFile = /\.(?!d$)\w+$/.test(source.replace(/\/$/, ''));
  const isRead = /:ro\b/.test(value.text() ?? '') || /^\/etc\/|provisioning|config/.test(target);
  return !value.isMap && !isFile && !isRead;
}

/** A mount's source that is a path of the stack, and no secret. */
function isPath(source: string): boolean {
  return /^\.\.?\//.test(source) && !source.includes('$') && !SECRET.test(source);
}

export const ruleFileNotLoaded: Rule = {
  id: 'config/rule-file-not-loaded',
  level: 'warning',
  title: 'A rule file that nobody loads',
  why: 'Its alerts look as if they were there, and are never evaluated.',
  mend: 'Add it to `rule_files` in prometheus.yml.',
  check: ({ prometheus, groups }, say) => {
    const patterns = prometheus.flatMap((one) => one.ruleFiles);
    // A pattern that leads elsewhere may lead here in production; the operator loads what is a
    // resource.
    if (prometheus.length === 0 || patterns.some(({ files }) => files === undefined)) return;
    const loose = groups.filter(
      (group) =>
        !group.prometheus && !group.isResource && !group.isBeyondFirst && !group.isVmalerts,
    );
    for (const file of new Set(loose.map((group) => group.file)))
      say({ file, from: 0, to: 0 }, `no pattern of rule_files matches ${file.path}`);
  },
};

/** What lies in an Ansible role is put beside what its tasks and templates make. */
const IN_ROLE = /(^|\/)roles\/[^/]+\/(files|templates)\//;
/** What a script fills in, or people copy, to make the file without this ending. */
const MADE_OF = [
  '.j2',
  '.jinja2',
  '.tmpl',
  '.tpl',
  '.template',
  '.in',
  '.dist',
  '.example',
  '.sample',
];

/** Whether a file is made of a template that lies here. */
function isMadeOf({ files, stackPath }: Stack, place: string): boolean {
  const name = posix.basename(place);
  return (
    MADE_OF.some((ending) => stackPath(place + ending) === 'file') ||
    files.some((file) => file.name === `${name}.j2`)
  );
}

/**
 * Whether a path of a container may be that of a file which lies here: an image of one's own is
 * built with it, wherever that puts it.
 */
function liesElsewhere({ composes, files }: Stack, path: string): boolean {
  const isMounted = composes
    .flatMap((one) => one.services)
    .flatMap((service) => service.mounts)
    .some(({ target }) => path.startsWith(`${target.replace(/\/$/, '')}/`) || path === target);
  return (
    path.startsWith('/') &&
    !hasWildcard(path) &&
    !isMounted &&
    files.some(({ name }) => name === posix.basename(path))
  );
}

/** Whether nothing is where it could be. */
function absent(
  stack: Stack,
  from: SourceFile,
  folder: string | undefined,
  pattern: string,
): boolean {
  if (IN_ROLE.test(from.path) || liesElsewhere(stack, pattern)) return false;
  const places = placesInStack(stack.composes, from, folder, pattern);
  return (
    places.length > 0 &&
    places.every((place) => {
      if (SECRET.test(place) || isMadeOf(stack, place)) return false;
      if (!hasWildcard(place)) return stack.stackPath(place) === 'absent';
      // Only files of these endings are read.
      return (
        /\.(ya?ml|rules?|json|tmpl|\*)$/.test(place) &&
        stack.stackPath(posix.dirname(place)) !== 'unknown' &&
        !stack.files.some((file) => matchesGlob(file.path, place) || mayHold(file, place))
      );
    })
  );
}

/** Whether files that a pattern names may lie in a folder that the system refuses to list. */
function mayHold({ path, unseen }: SourceFile, pattern: string): boolean {
  if (unseen !== 'refused' || !path.endsWith('/')) return false;
  const folder = path.slice(0, -1);
  const above = pattern.split('/').slice(0, -1);
  return matchesGlob(folder, above.slice(0, folder.split('/').length).join('/'));
}
