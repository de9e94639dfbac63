import { describe, expect, it } from 'vitest';
import { readStack } from '../../src/stack/index.ts';
import { proofPlanOf } from './support.ts';

const RULES = 'groups: [{ name: g, rules: [{ alert: A, expr: x > 1 }] }]\n';
const PROMETHEUS = 'global: {}\nscrape_configs:\n  - job_name: a\nrule_files: [rules.yml]\n';
const ALERTMANAGER = 'route: { receiver: "${R}" }\nreceivers: [{ name: r }]\n';

const notesOf = (others: Record<string, string>): string[] => {
  const files = Object.entries({ 'rules.yml': RULES, ...others });
  return proofPlanOf(readStack(files.map(([path, text]) => ({ path, text }))), 60).notes;
};

const NO_PROMETHEUS = "there is no prometheus.yml: scraping and relabelling weren't judged";
const NO_ALERTMANAGER =
  'there is no Alertmanager configuration: alerts were proved as far as Prometheus';

describe('a stack whose configurations are templates', () => {
  it.each([
    ['p.yml.template', PROMETHEUS, 'is a template that is filled in first'],
    ['p.yml.j2', PROMETHEUS, "is a template of Jinja's"],
    [
      'p.yaml',
      `# {{ .Values.a }}\ndata:\n  p.yml: |\n    scrape_configs: []\n`,
      "template of Helm's",
    ],
  ])('is told so: %s', (path, text, why) => {
    const notes = notesOf({ [path]: text });
    expect(notes.join('\n')).toContain(`${path} `);
    expect(notes.join('\n')).toContain(`${why}; scraping and relabelling weren't judged`);
    expect(notes).not.toContain(NO_PROMETHEUS);
    expect(notes).toContain(NO_ALERTMANAGER);
  });

  it('is told so of Alertmanager’s', () => {
    const notes = notesOf({ 'am/alertmanager.yml.template': ALERTMANAGER });
    expect(notes).toContain(
      'there is no Alertmanager configuration that could be read: am/alertmanager.yml.template is ' +
        'a template that is filled in first; alerts were proved as far as Prometheus',
    );
    expect(notes).toContain(NO_PROMETHEUS);
  });

  it('is told from one that has none, and from one with the file itself', () => {
    const promtail = `clients: []\n${PROMETHEUS}`;
    const none = notesOf({
      'promtail.yml.example': promtail,
      'compose.yml.dist': 'services: {}\n',
    });
    expect(none).toContain(NO_PROMETHEUS);
    expect(none).toContain(NO_ALERTMANAGER);
    const both = notesOf({ 'p.yml.template': PROMETHEUS, 'p.yml': PROMETHEUS });
    expect(both.join('\n')).not.toMatch(/template|there is no prometheus/);
  });
});
