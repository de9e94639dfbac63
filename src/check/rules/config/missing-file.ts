import { hasWildcard } from '../../../lib/glob.ts';
import { envFilesOf } from '../../../stack/compose/service.ts';
import type { Mount } from '../../../stack/compose/service.ts';
import { PROMETHEUS_IMAGE } from '../../../stack/pinned.ts';
import { PROMETHEUS_FOLDER } from '../../../stack/rule-files.ts';
import { unmounted } from '../../../stack/unmounted.ts';
import { isAbsent, SECRET } from '../../common/absent-files.ts';
import { configurationsNamed } from '../../common/configurations-named.ts';
import { partsNamed } from '../../common/parts-named.ts';
import type { Extra, Rule } from '../../rule.ts';

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
          if (isAbsent(stack, file, PROMETHEUS_FOLDER, text))
            say(value.place, `no file matches \`${text}\``, ofPattern(text));
        } else {
          const inside = unmounted(stack.composes, PROMETHEUS_IMAGE, file.path, text);
          if (inside !== undefined)
            say(value.place, `nothing is mounted at ${inside}, where the container looks for it`, {
              mend: 'Mount it there beside the configuration.',
            });
        }
      for (const { text, value } of root.get('scrape_config_files').texts())
        if (isAbsent(stack, file, PROMETHEUS_FOLDER, text))
          say(value.place, `no file matches \`${text}\``, ofPattern(text));
    }
    for (const { file, root } of stack.alertmanagers)
      for (const { text, value } of root.get('templates').texts())
        // Where there are no templates at all, a pattern for them waits for some: it is no fault.
        if (
          (!hasWildcard(text) || stack.templates.length > 0) &&
          isAbsent(stack, file, '/etc/alertmanager', text)
        )
          say(value.place, `no file matches \`${text}\``, ofPattern(text));
    for (const { from, value } of partsNamed(stack))
      if (isAbsent(stack, from, undefined, value.text() ?? ''))
        say(value.place, `${value.text() ?? ''} is named and not there`);
    for (const { compose, service, value, path, from } of configurationsNamed(stack))
      if (
        from === undefined ||
        (from === 'stack' && isAbsent(stack, compose.file, undefined, path))
      )
        say(value.place, `nothing is mounted at ${path}: ${service.name} does not start`, {
          subject: `service ${service.name}`,
        });
    for (const { compose, service } of stack.composes.flatMap((one) =>
      one.services.map((each) => ({ compose: one, service: each })),
    )) {
      const subject = `service ${service.name}`;
      for (const mount of service.mounts) {
        const { source, value } = mount;
        if (isPath(source) && !isMade(mount) && isAbsent(stack, compose.file, undefined, source))
          say(value.place, `${source} is mounted and not there`, { subject });
      }
      // A missing env_file may be a secret that is never in the repository: `.env` says so by its
      // name.
      for (const { text, value, optional } of service.values.flatMap(envFilesOf))
        if (
          !optional &&
          !/(^|\/)\.env|secret/.test(text) &&
          isAbsent(stack, value.file, undefined, text)
        )
          say(value.place, `${text} is named and not there`, { subject });
    }
  },
};

/** A pattern may wait for files that come later. */
function ofPattern(text: string): Extra {
  return hasWildcard(text) ? { level: 'warning' } : {};
}

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
