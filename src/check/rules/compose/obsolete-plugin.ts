import { GRAFANA_IMAGE, versionOf } from '../../../stack/pinned.ts';
import { servicesOf, subjectOf } from '../../common/services.ts';
import type { Rule } from '../../rule.ts';

/** Plugins that Grafana has built in, or that need AngularJS: before this version they do work. */
const FIRST_WITHOUT = 11;

const OBSOLETE_PLUGINS = new Set([
  'grafana-piechart-panel',
  'grafana-worldmap-panel',
  'grafana-simple-json-datasource',
  'natel-discrete-panel',
  'agenty-flowcharting-panel',
]);

export const obsoletePlugin: Rule = {
  id: 'compose/obsolete-plugin',
  level: 'error',
  title: 'A plugin that current Grafana no longer takes',
  why:
    'It is built in under another name, or needs AngularJS, which Grafana no longer has: the ' +
    'installation fails, or its panels stay empty.',
  mend: 'Remove it, and use the built-in panel.',
  check: ({ composes }, say) => {
    for (const service of servicesOf(composes)) {
      const version = versionOf(service.image.text() ?? '');
      if (GRAFANA_IMAGE.test(service.program) && version && version.major < FIRST_WITHOUT) continue;
      for (const { key, text = '', place } of service.environment)
        if (/^GF_(INSTALL_PLUGINS|PLUGINS_PREINSTALL(_SYNC)?)$/.test(key))
          for (const plugin of text.split(',').map((p) => p.trim().split(/[ @]/)[0] ?? '')) {
            if (OBSOLETE_PLUGINS.has(plugin))
              say(place, `\`${plugin}\` is obsolete`, { subject: subjectOf(service) });
          }
    }
  },
};
