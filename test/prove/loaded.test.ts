import { describe, expect, it } from 'vitest';
import { whyNotLoaded } from '../../src/prove/plan/loaded.ts';
import { readStack } from '../../src/stack/index.ts';
import type { CheckFile } from '../../src/model/check.ts';

const RULES = 'groups: [{ name: g, rules: [{ alert: A, expr: x > 1 }] }]';
const why = (...files: CheckFile[]): string | undefined => {
  const { prometheus, groups } = readStack(files);
  const [group] = groups;
  return group && whyNotLoaded(prometheus[0], group)?.reason;
};
const prometheus = (rules: string, path = 'prometheus.yml'): CheckFile => ({
  path,
  text: `${rules}\nscrape_configs: [{ job_name: a, static_configs: [{ targets: ['a:1'] }] }]\n`,
});

describe('a rule file', () => {
  const file = { path: 'alerts/a.yml', text: RULES };
  it.each([
    ['where a pattern of rule_files names it', prometheus('rule_files: [alerts/*.yml]')],
    ['where the pattern is filled in elsewhere', prometheus('rule_files: [$DIR/*.yml]')],
    ['where nobody configures a Prometheus', { path: 'README.yml', text: 'a: 1' }],
  ])('may be loaded %s', (_, config) => expect(why(config, file)).toBeUndefined());

  it('is loaded where a compose file mounts it, an override file too', () => {
    const config = prometheus('rule_files: [/etc/prometheus/rules/*.yml]', 'config/prometheus.yml');
    const compose = (path: string, volumes: string): CheckFile => ({
      path,
      text: `services: { prometheus: { image: prom/prometheus, volumes: [${volumes}] } }`,
    });
    const base = compose('compose.yaml', './config/prometheus.yml:/etc/prometheus/prometheus.yml');
    const over = compose('compose.override.yaml', './alerts:/etc/prometheus/rules:ro');
    expect(why(config, base, over, file)).toBeUndefined();
    expect(why(config, base, { ...file, path: 'elsewhere/a.yml' })).toContain('elsewhere/a.yml');
  });

  it('is read to the end of its first document', () => {
    const twice = (between: string): string | undefined => {
      const text = `groups: []\n${between}${RULES}`;
      const { groups } = readStack([{ path: 'a.yml', text }]);
      return groups[0] && whyNotLoaded(undefined, groups[0])?.reason;
    };
    expect(twice('---\n')).toContain('the first document of a.yml');
    const { groups } = readStack([{ path: 'a.yml', text: `# of us\n---\n${RULES}` }]);
    expect(groups[0] && whyNotLoaded(undefined, groups[0])).toBeUndefined();
  });

  it('is never loaded where no pattern names it, or there is none', () => {
    expect(why(prometheus('rule_files: [rules/*.yml]'), file)).toContain(
      'no pattern of rule_files',
    );
    expect(why(prometheus(''), file)).toContain('has no rule_files');
  });
});
