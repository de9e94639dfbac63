import { describe, expect, it } from 'vitest';
import { ALERTMANAGER } from '../../src/go-template/languages.ts';
import { parseTemplate } from '../../src/go-template/parse.ts';
import { render } from '../../src/go-template/render/index.ts';
import { notificationWorld } from '../../src/go-template/render/notification.ts';

const STARTS = Date.parse('2026-03-04T05:06:07Z');
const told = {
  receiver: 'chat',
  groupBy: ['alertname'],
  alerts: [
    {
      labels: { severity: 'critical', alertname: 'Busy', job: 'api' },
      annotations: { summary: 'api is busy' },
      startsMs: STARTS,
      endsMs: undefined,
    },
    {
      labels: { severity: 'critical', alertname: 'Busy', job: 'web' },
      annotations: { summary: 'web is busy' },
      startsMs: STARTS,
      endsMs: STARTS + 60_000,
    },
  ],
};

/** Each as amtool 0.33 renders it of the same alerts. */
const CASES: [template: string, text: string][] = [
  ['{{ .Status }} {{ .Receiver }} {{ .Alerts | len }}', 'firing chat 2'],
  ['{{ .Alerts.Firing | len }} {{ .Alerts.Resolved | len }}', '1 1'],
  ['{{ .GroupLabels | len }}{{ .GroupLabels.alertname }}', '1Busy'],
  ['{{ .CommonLabels.severity }} [{{ .CommonLabels.job }}]', 'critical []'],
  ['{{ range .Alerts }}{{ .Labels.job }} {{ .Status }};{{ end }}', 'api firing;web resolved;'],
  [
    '{{ range (index .Alerts 0).Labels.SortedPairs }}{{ .Name }}={{ .Value }} {{ end }}',
    'alertname=Busy job=api severity=critical ',
  ],
  [
    '{{ range $name, $text := .CommonLabels }}{{ $name }}:{{ $text }} {{ end }}',
    'alertname:Busy severity:critical ',
  ],
  ['{{ (index .Alerts 1).EndsAt.UTC.Format "15:04" }}', '05:07'],
  ['{{ (index .Alerts 0).StartsAt | date "2006-01-02" }}', '2026-03-04'],
  ['{{ with .CommonAnnotations.summary }}{{ . }}{{ else }}several{{ end }}', 'several'],
  ['{{ .CommonLabels.Names | join ", " }}', 'alertname, severity'],
  ['{{ (.CommonLabels.Remove (stringSlice "severity")).Values | join "," }}', 'Busy'],
  ['{{ if .CommonAnnotations }}some{{ else }}none{{ end }}', 'none'],
];

describe('a notification that is filled in', () => {
  it.each(CASES)('%s', (template, text) => {
    const { nodes, error } = parseTemplate(template, ALERTMANAGER);
    expect(error).toBeUndefined();
    const { text: written, breaks } = render(nodes, notificationWorld(told));
    expect(written).toBe(text);
    expect(breaks).toEqual([]);
  });
});
