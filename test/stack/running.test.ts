import { describe, expect, it } from 'vitest';
import { onlyWhatIsTaken } from '../../src/commands/refused-files.ts';
import { subjectOf } from '../../src/prove/plan/subject.ts';
import { readStack } from '../../src/stack/index.ts';
import type { Stack } from '../../src/stack/index.ts';

const PROMETHEUS = 'scrape_configs: [{ job_name: a, static_configs: [{ targets: [a:1] }] }]\n';
const ALERTMANAGER = 'route: { receiver: r }\nreceivers: [{ name: r }]\n';

/** @param service what the Prometheus of the compose file has; without it there is none */
function read(paths: string[], service?: string, image = 'prom/prometheus', env = ''): Stack {
  const configurations = paths.map((path) => ({
    path,
    text: path.includes('alertmanager') ? ALERTMANAGER : PROMETHEUS,
  }));
  const compose = `services: { p: { image: ${image}, ${service ?? ''} } }\n`;
  return readStack([
    ...(service === undefined ? [] : [{ path: 'compose.yaml', text: compose }]),
    ...(env === '' ? [] : [{ path: '.env', text: env }]),
    ...configurations,
  ]);
}
const proved = (stack: Stack): string | undefined => subjectOf(stack).subject.prometheus?.file.path;
const told = (stack: Stack): string | undefined => subjectOf(stack).subject.alertmanager?.file.path;

const FOLDER = 'volumes: [./p:/etc/prometheus]';
const TWO = ['p/a.yml', 'p/prometheus.yml'];

describe('of several configurations of a Prometheus', () => {
  it.each([
    ['the image’s own is proved where a folder is mounted', FOLDER, 'p/prometheus.yml'],
    ['the one that is named', `${FOLDER}, command: [--config.file=/etc/prometheus/a.yml]`, TWO[0]],
    [
      'the one that is named behind a blank, in a line',
      `${FOLDER}, command: "prometheus --config.file '/etc/prometheus/a.yml' --log.level=info"`,
      TWO[0],
    ],
    [
      'the one that the entrypoint names, by a variable of .env',
      `${FOLDER}, entrypoint: ["prometheus", "--config.file", "\${DIR}/a.yml"]`,
      TWO[0],
    ],
    [
      'the one whose file is mounted for it, under another name',
      'volumes: [./p/prometheus.yml:/etc/prometheus/old.yml, ./p/a.yml:/etc/prometheus/prometheus.yml]',
      TWO[0],
    ],
  ])('%s', (_, service, path) => {
    expect(proved(read(TWO, service, undefined, 'DIR=/etc/prometheus'))).toBe(path);
  });

  it('a template beside it is not what runs, and a mounted one goes before what is not', () => {
    const beside = ['p/prometheus.example.yml', 'p/prometheus.template.yml', 'p/prometheus.yml'];
    expect(proved(read(beside))).toBe('p/prometheus.yml');
    expect(proved(read(beside.slice(0, 1)))).toBe('p/prometheus.example.yml');
    const named = 'volumes: [./q:/conf], command: [--config.file=/conf/of-elsewhere.yml]';
    expect(proved(read(['p/prometheus.yml', 'q/b.yml'], named))).toBe('q/b.yml');
  });
});

it('of several configurations of an Alertmanager the one that it is started with is proved', () => {
  const two = ['m/alertmanager-dev.yml', 'm/alertmanager.yml'];
  const service = 'volumes: [./m:/etc/alertmanager]';
  expect(told(read(two, service, 'prom/alertmanager'))).toBe(two[1]);
  const named = `${service}, command: [--config.file=/etc/alertmanager/alertmanager-dev.yml]`;
  expect(told(read(two, named, 'prom/alertmanager'))).toBe(two[0]);
});

it('what Prometheus refuses is told of the configuration that is proved', () => {
  const vmagents = `${PROMETHEUS}global: { relabel_debug: true }\n`;
  const stack = readStack([
    { path: 'a/prometheus.yml', text: vmagents },
    { path: 'b/prometheus.yml', text: `${PROMETHEUS}global: { scrape_intervall: 1m }\n` },
  ]);
  expect(proved(stack)).toBe('b/prometheus.yml');
  expect(() => {
    onlyWhatIsTaken(stack);
  }).toThrow();
});
