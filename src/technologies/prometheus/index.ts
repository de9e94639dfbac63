import { goProgram } from '../packaging.ts';
import type { Technology } from '../technology.ts';
import { VIRTUAL } from '../virtual.ts';
import { images } from './images.ts';

const PROGRAM = goProgram('prometheus', 'prometheus', 'prometheus');
const PACKAGES = {
  ...PROGRAM,
  fromNewer: ['prometheus', 'promtool'],
  programs: { ...PROGRAM.programs, promtool: [/^bin$/, /^promtool$/] },
};

/** Prometheus itself, as a target of its own. */
export const prometheus: Technology = {
  name: 'prometheus',
  components: [{ name: 'prometheus' }],
  packages: PACKAGES,
  images,
  // With the last, a run's blocks can be kept.
  inContainer: {
    prometheus: (plan) => ({ flags: [...plan.prometheusFlags, '--web.enable-admin-api'] }),
  },
  run: () => import('./run.ts'),
  stimuli: [
    {
      kind: 'always',
      meaning: 'no level: the Watchdog, which always fires',
      level: null,
      signal: () => null,
      occupies: () => [],
    },
    {
      kind: 'rule-failures',
      meaning: `rules that fail, a second; ${VIRTUAL}`,
      level: { min: 0, max: 10, integer: true },
      signal: () => null,
      occupies: () => [],
      recipe: {
        follows: 'window',
        // Of two groups, of which one is in order.
        series: [
          {
            metric: 'prometheus_rule_evaluation_failures_total',
            labels: { rule_group: '/etc/prometheus/alerts/health.yml;health' },
            counter: true,
            at: (failures) => failures,
          },
          {
            metric: 'prometheus_rule_evaluation_failures_total',
            labels: { rule_group: '/etc/prometheus/alerts/meta.yml;meta' },
            counter: true,
            at: () => 0,
          },
        ],
      },
    },
    {
      kind: 'dropped-alerts',
      meaning: `alerts that no Alertmanager takes from Prometheus, a second; ${VIRTUAL}`,
      level: { min: 0, max: 10, integer: true },
      signal: () => null,
      comesWithOutageOf: 'alertmanager',
      occupies: () => [],
      recipe: {
        follows: 'window',
        series: [
          {
            metric: 'prometheus_notifications_dropped_total',
            counter: true,
            at: (alerts) => alerts,
          },
        ],
      },
    },
  ],
};
