import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { FINDING_IDS } from '../src/model/finding.ts';
import { strayWords } from './support/words.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** What everybody may use: data, small tools, and the languages that stacks are written in. */
const SHARED = ['model', 'lib', 'promql', 'go-template', 'alertmanager'];
/** Besides, what is known of technologies. */
const KNOWING = [...SHARED, 'technologies'];
/** Besides, the language of what is known from outside. */
const JUDGING = [...KNOWING, 'ground-truth'];
/** What each folder of `src/` may import beside itself and, from `check` on, the shared ones. */
const MAY_IMPORT: Record<string, string[]> = {
  lib: ['model'],
  model: [],
  promql: ['model', 'lib'],
  'go-template': ['promql', 'model', 'lib'],
  alertmanager: ['promql', 'model', 'lib'],
  stack: SHARED,
  // What runs and acts knows processes besides: see below.
  technologies: [...SHARED, 'runtimes'],
  check: [...KNOWING, 'stack'],
  'ground-truth': KNOWING,
  spec: [...JUDGING, 'stack'],
  promises: [...SHARED, 'stack'],
  speedup: ['promql', 'model', 'lib'],
  plan: [...KNOWING, 'ground-truth', 'speedup', 'receivers'],
  verdict: JUDGING,
  receivers: SHARED,
  synthetic: SHARED,
  prove: [...SHARED, 'stack', 'receivers', 'speedup'],
  'proof-run': [...KNOWING, 'programs', 'runtimes', 'receivers', 'synthetic'],
  solve: [...SHARED, 'stack'],
  engine: SHARED,
  mutate: [...SHARED, 'stack', 'engine'],
  attach: [...SHARED, 'stack'],
  conform: [...SHARED, 'stack'],
  replay: SHARED,
  report: SHARED,
  machine: ['lib'],
  capacity: KNOWING,
  programs: KNOWING,
  'container-engine': SHARED,
  images: [...KNOWING, 'programs', 'container-engine'],
  runtimes: [...SHARED, 'container-engine'],
  k6: KNOWING,
  run: [...KNOWING, 'programs', 'images', 'container-engine', 'runtimes', 'k6'],
  'capacity-run': [...KNOWING, 'programs', 'runtimes', 'k6', 'run'],
};

const files = (dir: string, ending: string): string[] =>
  readdirSync(join(ROOT, dir), { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile() && e.name.endsWith(ending))
    .map((e) => relative(ROOT, join(e.parentPath, e.name)));
const imports = (file: string): string[] =>
  [...readFileSync(join(ROOT, file), 'utf8').matchAll(/from '(\.[^']+)'|import\('(\.[^']+)'\)/g)]
    .map((m) => relative(ROOT, resolve(ROOT, dirname(file), m[1] ?? m[2] ?? '')))
    .filter((target) => target.endsWith('.ts'));
/** What is loaded with a file: neither types, nor what it loads when it is asked to. */
const loadedWith = (file: string): string[] =>
  [
    ...readFileSync(join(ROOT, file), 'utf8').matchAll(
      /^(?:import|export)(?! type\b)[^;']* from '(\.[^']+\.ts)'/gm,
    ),
  ].map((m) => relative(ROOT, resolve(ROOT, dirname(file), m[1] ?? '')));
/** `src/plan/x.ts` → `plan`; `src/cli.ts` → `cli.ts`. */
const layer = (file: string): string => file.split('/')[1] ?? '';

/** What each folder of `src/` really imports of the others, types too. */
function foldersImported(): Map<string, Set<string>> {
  const graph = new Map<string, Set<string>>();
  for (const file of files('src', '.ts')) {
    const own = graph.get(layer(file)) ?? new Set();
    graph.set(layer(file), own);
    for (const target of imports(file))
      if (target.startsWith('src/') && layer(target) !== layer(file)) own.add(layer(target));
  }
  return graph;
}

/** The first way that leads back to where it began; undefined: there is none. */
function cycleIn(graph: Map<string, Set<string>>): string[] | undefined {
  const done = new Set<string>();
  const visit = (folder: string, way: string[]): string[] | undefined => {
    if (way.includes(folder)) return [...way.slice(way.indexOf(folder)), folder];
    if (done.has(folder)) return undefined;
    for (const next of graph.get(folder) ?? []) {
      const cycle = visit(next, [...way, folder]);
      if (cycle) return cycle;
    }
    done.add(folder);
    return undefined;
  };
  for (const folder of graph.keys()) {
    const cycle = visit(folder, []);
    if (cycle) return cycle;
  }
  return undefined;
}

describe('folders import each other in one direction', () => {
  it('no way leads back', () => expect(cycleIn(foldersImported())).toBeUndefined());

  it('a way that does is found, with its stations', () => {
    const graph = new Map([
      ['run', new Set(['runtimes', 'model'])],
      ['runtimes', new Set(['model', 'images'])],
      ['images', new Set(['runtimes'])],
    ]);
    expect(cycleIn(graph)).toEqual(['runtimes', 'images', 'runtimes']);
  });

  it('the table allows nothing that nobody does', () => {
    const graph = foldersImported();
    const unused = Object.entries(MAY_IMPORT).flatMap(([folder, allowed]) =>
      allowed
        .filter((one) => !SHARED.includes(one) && !graph.get(folder)?.has(one))
        .map((one) => `${folder} → ${one}`),
    );
    expect(unused).toEqual([]);
  });
});

describe('each folder imports only what stands below it', () => {
  it.each(files('src', '.ts'))('%s', (file) => {
    const from = layer(file);
    if (from === 'cli.ts' || from === 'index.ts') return;
    const foreign = imports(file)
      .filter((target) => target.startsWith('src/') && layer(target) !== from)
      .filter((target) =>
        from === 'commands'
          ? layer(target) === 'cli.ts'
          : !MAY_IMPORT[from]?.includes(layer(target)),
      );
    expect(foreign).toEqual([]);
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

/** The entries, and everything that is loaded with them. */
const reachable = (entries: string[]): string[] => {
  const seen = new Set(entries);
  for (const file of seen) for (const target of loadedWith(file)) seen.add(target);
  return [...seen];
};

describe('a command is there at once', () => {
  /** Packages that are loaded with an entry. */
  const packages = (entry: string): Set<string> =>
    new Set(
      reachable([entry]).flatMap((file) =>
        [
          ...readFileSync(join(ROOT, file), 'utf8').matchAll(
            /^import(?! type\b)[^;']* from '(?!\.|node:)([^']+)'/gm,
          ),
        ].map((m) => m[1] ?? ''),
      ),
    );

  it('help needs nothing but what reads the command line', () =>
    expect([...packages('src/cli.ts')]).toEqual(['commander']));

  it('check reads files, and loads what starts programs and holds against schemas when it does', () => {
    const loaded = packages('src/commands/check.ts');
    expect(loaded).toContain('yaml');
    expect(['execa', 'zod'].filter((name) => loaded.has(name))).toEqual([]);
  });
});

it('what a command starts was compiled with it: one place knows the TypeScript loader', () => {
  const knowing = files('src', '.ts').filter((file) =>
    readFileSync(join(ROOT, file), 'utf8').includes("'tsx'"),
  );
  expect(knowing).toEqual(['src/lib/start-module.ts']);
});

describe('what is known of technologies is pure', () => {
  const known = reachable(
    ['registry', 'offered', 'load', 'resources', 'service', 'packaging', 'ground-truth'].map(
      (name) => `src/technologies/${name}.ts`,
    ),
  );

  it.each(known)('%s loads nothing that runs', (file) => {
    expect(layer(file)).toBeOneOf([...SHARED, 'technologies']);
    const text = readFileSync(join(ROOT, file), 'utf8');
    if (layer(file) === 'technologies') expect(text).not.toMatch(/from '(?!\.)/);
  });

  it('the drivers are none of that, and each is loaded by its own technology alone', () => {
    const drivers = files('src/technologies', 'run.ts');
    expect(drivers.length).toBeGreaterThan(5);
    expect(drivers.filter((file) => known.includes(file))).toEqual([]);
    for (const file of files('src', '.ts'))
      for (const target of imports(file).filter((one) => drivers.includes(one)))
        expect([target, file]).toEqual([target, join(dirname(target), 'index.ts')]);
  });

  it.each(
    files('src', '.ts').filter(
      (file) => !['run', 'capacity-run', 'proof-run', 'technologies'].includes(layer(file)),
    ),
  )('%s takes only that', (file) => {
    const taken = loadedWith(file).filter((target) => layer(target) === 'technologies');
    expect(taken.filter((target) => !known.includes(target))).toEqual([]);
  });
});

describe("one product's words", () => {
  it('nothing in src knows a word of the product but its own folder', () => {
    const all = files('src', '');
    expect(all.length).toBeGreaterThan(500);
    expect(
      all.flatMap((file) =>
        strayWords(relative('src', file), readFileSync(join(ROOT, file), 'utf8')),
      ),
    ).toEqual([]);
  });

  it.each([
    ["const SERVICES = ['backend'];", 'plan/load.ts'],
    ['  lprPerSecond: number;', 'model/plan.ts'],
    ['  lprEvents: 5,', 'model/plan.ts'],
    ["if (name === 'ai') return;", 'plan/index.ts'],
    ['requests/ai', 'plan/index.ts'],
    ['// how many cameras there are', 'technologies/redis/index.ts'],
    ['/** The mediamtx server. */', 'technologies/object-storage/index.ts'],
    ['title: `${alert} is told although ServiceDown is`,', 'verdict/alerts/follower.ts'],
    ['/** Recording errors per second. */', 'model/load-plan.ts'],
  ])('is found: %s', (line, path) => {
    expect(strayWords(path, `one line\n${line}\n`)).toEqual([`${path}:2: ${line.trim()}`]);
  });

  it.each([
    ["import { gtVision } from './gt-vision/index.ts';", 'technologies/registry.ts'],
    ["const template = 'plain';", 'plan/load.ts'],
    ['the recording rules of a group', 'replay/limits.ts'],
    ['npm run provoke -- ServiceDown/redis', 'commands/provoke-command.ts'],
  ])('is no such word: %s', (line, path) => {
    expect(strayWords(path, line)).toEqual([]);
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
