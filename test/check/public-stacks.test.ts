import { describe, expect, it } from 'vitest';
import { checkStack } from '../../src/check/index.ts';
import type { CheckFile } from '../../src/model/check.ts';
import type { PathKind } from '../../src/stack/index.ts';

/** What is found in files as public stacks have them, by rule. */
function found(files: Record<string, string>): string[] {
  const paths = Object.keys(files);
  const stackPath = (path: string): PathKind => {
    if (paths.includes(path)) return 'file';
    const isFolder = path === '.' || paths.some((one) => one.startsWith(`${path}/`));
    return isFolder ? 'folder' : 'absent';
  };
  const read = Object.entries(files).map(([path, text]): CheckFile => ({ path, text }));
  return checkStack(read, { stackPath }).findings.map(({ rule }) => rule);
}

const DASHBOARD = JSON.stringify({ title: 'Nodes', uid: 'nodes', schemaVersion: 39, panels: [] });
const DATA_SOURCES = `apiVersion: 1
datasources: [{ name: Prometheus, type: prometheus, uid: prometheus, url: "http://prometheus:9090" }]
`;
const resource = (name: string, key: string, text: string): string =>
  `apiVersion: v1
kind: ConfigMap
metadata: { name: ${name} }
data:
  ${key}: |
${text.replace(/^/gm, '    ')}
`;

describe('dashboards without a provider', () => {
  it('in files beside data sources are never shown', () =>
    expect(found({ 'ds.yaml': DATA_SOURCES, 'boards/nodes.json': DASHBOARD })).toContain(
      'grafana/no-provider',
    ));
  it('in a ConfigMap, as charts have them, are brought in by a sidecar', () =>
    expect(
      found({
        'rendered.yaml': [
          resource('data-sources', 'ds.yaml', DATA_SOURCES),
          resource('nodes', 'nodes.json', DASHBOARD),
        ].join('---\n'),
      }),
    ).not.toContain('grafana/no-provider'));
});

describe("a pattern for Alertmanager's templates that matches nothing", () => {
  const config = `route: { receiver: a }
receivers: [{ name: a, webhook_configs: [{ url: "http://a/" }] }]
templates: [/etc/alertmanager/config/*.tmpl]
`;
  const compose = `services:
  alertmanager:
    image: prom/alertmanager:v0.28.1
    volumes: ["./am:/etc/alertmanager:ro", "data:/alertmanager"]
volumes: { data: }
`;
  it('is the default of charts where nobody has templates', () =>
    expect(found({ 'am/alertmanager.yml': config, 'compose.yaml': compose })).not.toContain(
      'config/missing-file',
    ));
  it('is a fault where somebody has some', () =>
    expect(
      found({
        'am/alertmanager.yml': config,
        'compose.yaml': compose,
        'am/own/own.tmpl': '{{ define "own" }}x{{ end }}',
      }),
    ).toContain('config/missing-file'));
});

describe('what has scrape_configs', () => {
  const jobs = `scrape_configs:
  - job_name: system
    static_configs: [{ targets: ["localhost:9100"] }]
`;
  it('and sends logs to Loki is a Promtail', () =>
    expect(
      found({
        'promtail.yml': `server: { http_listen_port: 9080 }
positions: { filename: /tmp/positions.yaml }
clients: [{ url: "http://loki:3100/loki/api/v1/push" }]
${jobs}`,
      }),
    ).toEqual([]));
  it('else is a Prometheus, whose keys are known', () =>
    expect(found({ 'prometheus.yml': `server: { http_listen_port: 9080 }\n${jobs}` })).toContain(
      'config/unknown-key',
    ));
});
