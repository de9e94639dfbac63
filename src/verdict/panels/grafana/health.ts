import type { Verdict } from '../../../model/verdict.ts';
import { NO_ANSWER, bad, errorOf, good, open } from './context.ts';
import type { GrafanaContext } from './context.ts';

/** Grafana runs, and its database is in order. */
export function isHealthy({ grafana }: GrafanaContext): Verdict {
  const { health } = grafana;
  const subject = { name: 'server', kind: 'grafana-is-healthy', source: null } as const;
  if (grafana.ended !== undefined)
    return bad(subject, 'grafana-unhealthy', {
      title: 'Grafana ended by itself',
      expected: 'that it runs from the beginning to the end',
      seen: grafana.ended,
      likelyCause:
        'A setting or a file that it refuses, too little memory, or a data volume of a newer version.',
    });
  if (!health) return open(subject, errorOf(grafana, 'health'), NO_ANSWER);
  if (health.database === 'ok') return good(subject, `version ${health.version}`);
  return bad(subject, 'grafana-unhealthy', {
    title: 'Grafana is not healthy',
    expected: 'a database that is ok',
    seen: `version ${health.version}, database ${health.database}`,
    likelyCause: 'Its data volume is full, not writable for its user, or of a newer version.',
  });
}
