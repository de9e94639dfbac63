import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { confined } from '../../src/run/confined.ts';

const made = (path: string, text: string): unknown => parse(confined({ path, text }).text);

it('a run loads nothing that stands elsewhere on this machine', () => {
  expect(
    made(
      'prometheus/prometheus.yml',
      `
rule_files: [rules/*.yml, ../../root/*.yml, /etc/passwd, /etc/prometheus/more.yml]
scrape_config_files: [/root/x.yml]
scrape_configs:
  - { job_name: a, file_sd_configs: [{ files: [/etc/prometheus/../shadow.json, sd/*.json] }] }
`,
    ),
  ).toEqual({
    rule_files: ['rules/*.yml', '/etc/prometheus/more.yml'],
    scrape_config_files: [],
    scrape_configs: [{ job_name: 'a', file_sd_configs: [{ files: ['sd/*.json'] }] }],
  });
  expect(
    made('alertmanager/alertmanager.yml', 'templates: [/root/.ssh/id_rsa, "t/*.tmpl", ../x]'),
  ).toEqual({ templates: ['t/*.tmpl'] });
});

it('what leads nowhere else stays as it is written', () => {
  const text = '# why\ntemplates:   [ "t/*.tmpl" ]\n';
  const file = { path: 'alertmanager/alertmanager.yml', text };
  expect(confined(file)).toBe(file);
});
