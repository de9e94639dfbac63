import type { Rule } from '../../rule.ts';

export const localVolume: Rule = {
  id: 'production/local-volume',
  production: true,
  level: 'warning',
  title: 'A volume that is wherever the engine puts it',
  why: '`docker compose down --volumes` or a new machine ends it, and no backup knows it.',
  mend: 'Make it outside and say so (`external: true`), or say where it lies (`driver_opts`).',
  check: ({ composes }, say) => {
    for (const { root } of composes)
      for (const { key, value } of root.get('volumes').entries())
        if (
          !value.get('external').isTrue() &&
          !value.get('driver_opts').exists &&
          !value.has('driver')
        )
          say(value.keyPlace, `the volume \`${key}\` is the engine's own`);
  },
};
