// @ts-check
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The project's folder, absolute. */
export const PROJECT = fileURLToPath(new URL('..', import.meta.url));

/**
 * What is started by itself; `src/a/b.ts` becomes `src.a.b.js`, so that every file lies side by
 * side.
 */
const ENTRIES = [
  'src/cli.ts',
  ...readdirSync(join(PROJECT, 'src'))
    .map((folder) => `src/${folder}/inside/main.ts`)
    .filter((path) => existsSync(join(PROJECT, path))),
  // What is scraped in a run of the harness, each in a process beside its `main.ts`.
  'src/proof-run/inside/exporter.ts',
  'src/capacity-run/inside/monitoring/exporters.ts',
  ...readdirSync(join(PROJECT, 'fake-services'))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `fake-services/${name}`),
];

/** What every command loads goes into the bundle: a hundred small files take longer than one. */
const BUNDLED = new Set([
  ...['@lezer/common', '@lezer/lr', '@prometheus-io/lezer-promql'],
  ...['commander', 'execa', 'jsonc-parser', 'picocolors', 'yaml', 'zod'],
]);

/** What knows its own address; other code is taken as it is. */
const OWN_CODE = /[\\/](src|fake-services)[\\/].*\.ts$/;

/** Packages written for `require` find one; a module finds its source from where its code is. */
const BANNER = [
  "import { createRequire as gtvRequire } from 'node:module';",
  'const require = gtvRequire(import.meta.url), gtvAddress = import.meta.url;',
].join('\n');

/**
 * Compiles the command line into a folder, in parts that are loaded when a command needs them.
 * @param {string} outdir absolute; the sources are found from there, so it stays where it is beside
 * them
 */
export async function compile(outdir) {
  await build({
    absWorkingDir: PROJECT,
    entryPoints: ENTRIES.map((path) => ({
      in: path,
      out: path.replaceAll('/', '.').replace(/\.ts$/, ''),
    })),
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // Where a package has both, the modules: what is written for every loader at once can't be
    // bundled.
    mainFields: ['module', 'main'],
    external: externals(),
    banner: { js: BANNER },
    define: { GTV_COMPILED: 'true', 'import.meta.url': 'gtvSource' },
    plugins: [ownAddress(outdir), englishOnly],
    logLevel: 'warning',
  });
}

/** @returns {string[]} */
function externals() {
  const text = readFileSync(join(PROJECT, 'package.json'), 'utf8');
  /** @type {unknown} */
  const manifest = JSON.parse(text);
  const { dependencies } = /** @type {{ dependencies: Record<string, string> }} */ (manifest);
  return Object.keys(dependencies).filter((name) => !BUNDLED.has(name));
}

/**
 * A module goes on finding what lies beside its source (scripts, styles, the stack): its own
 * address stays the one of the source, wherever its code ends up. A service asks by its address
 * only whether it is what was started: it has that of its code.
 * @param {string} outdir
 * @returns {import('esbuild').Plugin}
 */
function ownAddress(outdir) {
  /** @param {string} path */
  const addressOf = (path) =>
    path.startsWith(join(PROJECT, 'src'))
      ? `new URL(${JSON.stringify(relative(outdir, path))}, gtvAddress).href`
      : 'gtvAddress';
  /** @param {string} path */
  const isForeign = (path) => relative(PROJECT, path).includes('node_modules');
  return {
    name: 'own-address',
    setup(bundling) {
      bundling.onLoad({ filter: OWN_CODE, namespace: 'file' }, async ({ path }) => {
        const text = await readFile(path, 'utf8');
        if (isForeign(path) || !text.includes('import.meta.url')) return undefined;
        return {
          loader: 'ts',
          resolveDir: dirname(path),
          contents: `const gtvSource = ${addressOf(path)};\n${text}`,
        };
      });
    },
  };
}

/**
 * Zod says what is wrong in fifty languages, which are three quarters of it; a command would read
 * all of them at its start.
 * @type {import('esbuild').Plugin}
 */
const englishOnly = {
  name: 'english-only',
  setup(bundling) {
    bundling.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
      loader: 'js',
    }));
  },
};
