import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { FINDING_IDS } from '../src/model/verdict.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const STAGES = ['check', 'spec', 'plan', 'run', 'evidence', 'verdict', 'report', 'capacity'];

const files = (dir: string, ending: string): string[] =>
  readdirSync(join(ROOT, dir), { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile() && e.name.endsWith(ending))
    .map((e) => relative(ROOT, join(e.parentPath, e.name)));
const imports = (file: string): string[] =>
  [
    ...readFileSync(join(ROOT, file), 'utf8').matchAll(/from '(\.[^']+)'|import\('(\.[^']+)'\)/g),
  ].map((m) => relative(ROOT, resolve(ROOT, dirname(file), m[1] ?? m[2] ?? '')));
/** `src/plan/x.ts` → `plan`; `src/cli.ts` → `cli.ts`. */
const layer = (file: string): string => file.split('/')[1] ?? '';

describe('imports run cli → commands → stages → model → lib', () => {
  it.each(files('src', '.ts'))('%s', (file) => {
    const from = layer(file);
    for (const target of imports(file).filter((t) => t.startsWith('src/'))) {
      const to = layer(target);
      if (STAGES.includes(from))
        expect([from, 'model', 'lib'], `${file} imports ${target}`).toContain(to);
      if (from === 'model' || from === 'lib')
        expect(['model', 'lib'], `${file} imports ${target}`).toContain(to);
      if (from === 'commands') expect(to).not.toBe('cli.ts');
    }
  });

  it.each(files('fake-services', '.ts'))('%s stands alone', (file) => {
    expect(imports(file).filter((t) => !t.startsWith('fake-services/'))).toEqual([]);
  });

  it.each(files('scenarios', '.ts'))('%s takes nothing but types from the harness', (file) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    for (const line of text.split('\n').filter((l) => /from '.*src\//.test(l)))
      expect(line).toMatch(/^import type /);
  });
});

describe('documentation', () => {
  it('every finding is explained', () => {
    const text = readFileSync(join(ROOT, 'docs/findings.md'), 'utf8');
    for (const id of FINDING_IDS) expect(text).toMatch(new RegExp(`^#+ .*${id}`, 'm'));
  });

  it.each(files('docs/runbooks', '.md').filter((page) => !page.endsWith('README.md')))(
    '%s: tells what somebody needs who was just woken',
    (page) => {
      const text = readFileSync(join(ROOT, page), 'utf8');
      expect([...text.matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual([
        'First look',
        'Likely causes',
        'Mend',
        "If it can't be mended now",
      ]);
      expect(readFileSync(join(ROOT, 'docs/runbooks/README.md'), 'utf8')).toContain(
        `(${basename(page)})`,
      );
    },
  );

  it('every alert has the runbook that it links to', () => {
    for (const rules of files('stack/prometheus/alerts', '.yml')) {
      for (const [, name] of readFileSync(join(ROOT, rules), 'utf8').matchAll(
        /runbook_url: \S+\/docs\/runbooks\/(\w+)\.md/g,
      ))
        expect(existsSync(join(ROOT, 'docs', 'runbooks', `${name ?? ''}.md`)), name).toBe(true);
    }
  });
});
