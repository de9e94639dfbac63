import { z } from 'zod';
import { alert, telling } from './contract-alert-schema.ts';
import { message, variable } from './contract-messages-schema.ts';
import { panel } from './contract-panel-schema.ts';
import { interval, name, openMap, target, texts } from './schema.ts';
import { NEEDS } from '../technologies/offered.ts';
import { COMPONENT_NAMES, NAMES_FOR_ANY_STACK } from '../technologies/registry.ts';

const scraping = {
  scrape_interval: interval.optional().describe('How often it is scraped.'),
  scrape_timeout: interval.optional().describe('How long it may take to answer.'),
  metrics_path: name.optional().describe('Where its metrics are.'),
  scheme: name.optional().describe('`http` or `https`.'),
};

const reading = z.record(z.string(), z.number());
/** By dashboard, panel, and refId where a panel has several queries. */
const readings = z.record(
  z.string(),
  z.record(z.string(), z.union([reading, z.record(z.string(), reading)])),
);

const example = z.strictObject({
  after: interval.describe('How long the world has lasted when its panels are looked at.'),
  series: z
    .record(z.string(), name)
    .describe(
      "Every series, with its values in promtool's notation (`0+30x600`), one for each scrape from " +
        'the beginning on.',
    ),
  reads: readings.describe(
    'What panels show, by the titles of dashboard and panel: values by the labels of their series, ' +
      'to three decimals, such as `{ \'{job="api"}\': 12.5 }`; `{}`: nothing. A panel of ' +
      'several queries has one of these for each refId. With a variable whose label all of these ' +
      'series have, each of its values is chosen too.',
  ),
  chosen: z
    .array(
      z.strictObject({
        values: texts.describe('Values of variables, by their names.'),
        reads: readings.describe('What panels show then.'),
      }),
    )
    .optional()
    .describe('What panels show when something else is chosen at the top of the dashboard.'),
});

/** Of something that load is made of. */
const amount = z.number().positive().max(1e9);

/**
 * The schemas of contract.yaml's parts, which are checked one by one; unknown keys are refused
 * everywhere.
 */
export const contractShape = {
  file: z.strictObject({
    version: z.literal(1).describe('Version of this form.'),
    jobs: openMap,
    receivers: openMap,
    metrics: openMap,
    alerts: openMap,
    dashboards: openMap.optional(),
    capacity: openMap.optional(),
    telling: telling.optional(),
    scraping: z
      .strictObject({
        ...scraping,
        external_labels: texts.optional().describe('What is put to every alert.'),
      })
      .optional()
      .describe('How every target is scraped, held against the scrape jobs.'),
    technologies: z
      .record(z.string(), z.enum(NAMES_FOR_ANY_STACK))
      .optional()
      .describe(
        'What really runs behind a scrape job, by its name, where no job names a `component`: its ' +
          'exporter and what that watches, instead of a synthetic target alone.',
      ),
    examples: z
      .record(z.string(), example)
      .optional()
      .describe(
        'Made-up worlds whose every series is known, by a name of your own, and what panels show in ' +
          'them: `npm run check` has promtool ask their queries there.',
      ),
    messages: z
      .record(z.string(), message)
      .optional()
      .describe(
        'Alerts that are told together, by a name of your own, and what people read of them: the ' +
          "templates of Alertmanager's receivers are filled in and held against it.",
      ),
    variables: z
      .record(z.string(), z.record(z.string(), variable))
      .optional()
      .describe("Variables of dashboards, by the dashboard's title and their names."),
    equivalent: z
      .array(
        z.strictObject({
          of: name.describe('What is changed: `alert HighCPUUsage`.'),
          mistake: name.describe('The kind of mistake, as `npm run mutate` calls it.'),
          becomes: z.array(name).min(1).describe('What stands there then.'),
          within: name
            .optional()
            .describe(
              'A text that the whole expression has then, where the same mistake elsewhere in it ' +
                'is another.',
            ),
          because: name.describe('Why it means the same.'),
        }),
      )
      .optional()
      .describe(
        'Mistakes that mean the same, so that nothing can notice them: `npm run mutate` leaves ' +
          'them out of the score, and tells when one is noticed after all.',
      ),
  }),
  dashboard: openMap,
  need: z
    .strictObject({
      peak: amount
        .optional()
        .describe('What production has at its busiest today: the answer tells the headroom.'),
      need: amount
        .optional()
        .describe(
          'What must hold: `npm run capacity` fails when it does not. Without it, the peak must.',
        ),
    })
    .meta({
      description: 'A dimension of load, by its name. At least one of the two.',
      anyOf: [{ required: ['peak'] }, { required: ['need'] }],
    }),
  panel,
  job: z
    .strictObject({
      target: target.meta({ title: 'host:port', description: 'The one target, as it is scraped.' }),
      component: z.enum(COMPONENT_NAMES).describe('What the harness runs behind the target.'),
      scraping: z
        .strictObject(scraping)
        .optional()
        .describe('How this one is scraped, where it differs from `scraping` of all.'),
      follower: name
        .optional()
        .describe("An alert that follows from this target's death, and must be inhibited then."),
      told_by_silence: name
        .optional()
        .describe(
          "Why nobody can be told of its death by an alert; the Watchdog's silence must tell.",
        ),
    })
    .describe('A scrape job, by its name.'),
  metric: z
    .strictObject({
      type: z
        .enum(['counter', 'gauge', 'histogram', 'untyped'])
        .describe('As the exporter must declare it.'),
      jobs: z.array(name).min(1).describe('The jobs that export it; nobody else may.'),
      labels: z
        .array(name)
        .default([])
        .describe('The labels of its series, exactly these; `job`, `instance` and `le` aside.'),
      series: z
        .number()
        .int()
        .min(1)
        .max(1_000_000)
        .default(1)
        .describe(
          'The most series that one job may have of it, whatever is asked of the service; of a ' +
            'histogram, combinations of its labels.',
        ),
      least: z
        .number()
        .int()
        .min(1)
        .max(1_000_000)
        .default(1)
        .describe('The fewest series that one job has of it, where labels tell several apart.'),
      buckets: z
        .array(z.number())
        .default([])
        .describe(
          'Of a histogram, bounds that it must have, others aside: where alerts have their limits, ' +
            'and the highest that is told apart.',
        ),
    })
    .describe('A metric, by its name.'),
  receiver: z
    .strictObject({
      kind: z.enum(['slack', 'email', 'webhook']).describe('How it is told.'),
      to: name.optional().describe('The Slack channel or the e-mail address that must be told.'),
      resolved: z
        .boolean()
        .optional()
        .describe('Whether it is told that an alert is over (`send_resolved`).'),
    })
    .describe('A receiver, by its name in alertmanager.yml.'),
  alert,
};

/**
 * The whole file at once, as it is published for editors. The reader goes entry by entry instead,
 * so that a wrong one hides no other.
 */
export const contractSchema = contractShape.file
  .extend({
    jobs: z.record(z.string(), contractShape.job).describe('What is scraped, by job name.'),
    receivers: z
      .record(z.string(), contractShape.receiver)
      .describe('Who is told, by the name in alertmanager.yml.'),
    metrics: z
      .record(z.string(), contractShape.metric)
      .describe('What is measured, by metric name. An alert may only use metrics that stand here.'),
    alerts: z
      .record(z.string(), contractShape.alert)
      .describe('What wakes somebody, by alert name.'),
    dashboards: z
      .record(
        z.string(),
        z
          .record(z.string(), contractShape.panel)
          .describe('A dashboard, by its title: its panels by theirs.'),
      )
      .optional()
      .describe('Every panel of every dashboard under `grafana/`, by the titles of both.'),
    capacity: z
      .partialRecord(z.enum(NEEDS), contractShape.need)
      .optional()
      .describe(
        'How much load there is and must be borne, by dimension: ' +
          `${NEEDS.map((id) => `\`${id}\``).join(', ')}. Requests and events count by the second, ` +
          'the others as many as there are.',
      ),
  })
  .describe(
    'What a stack promises, independent of its rule files. Durations are real-time, in the ' +
      'notation of Prometheus (`30s`, `5m`, `1h30m`). Where no job names a `component`, nothing ' +
      'but `version` is needed.',
  );
