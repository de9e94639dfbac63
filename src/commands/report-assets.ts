import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Assets } from '../report/html/index.ts';
import { PROJECT_DIR } from './paths.ts';

const HTML_DIR = join(PROJECT_DIR, 'src', 'report', 'html');

/**
 * What `report.html` carries with it: its script with the plotting library, the styles, and the
 * text about findings.
 * @param script which page's: that of a verification, of a capacity run, or of a stack that is up
 */
export async function reportAssets(
  script: 'main.ts' | 'capacity.ts' | 'live.ts' = 'main.ts',
): Promise<Assets> {
  const library = createRequire(import.meta.url).resolve('uplot/dist/uPlot.min.css');
  const [bundle, libraryStyles, styles, guide] = await Promise.all([
    build({
      entryPoints: [join(HTML_DIR, 'client', script)],
      bundle: true,
      minify: true,
      write: false,
      format: 'iife',
      platform: 'browser',
      target: 'es2022',
      legalComments: 'inline',
      charset: 'utf8',
    }),
    readFile(library, 'utf8'),
    readFile(join(HTML_DIR, 'styles.css'), 'utf8'),
    readFile(join(PROJECT_DIR, 'docs', 'findings.md'), 'utf8'),
  ]);
  return {
    script: bundle.outputFiles[0]?.text ?? '',
    styles: `${libraryStyles}\n${styles}`,
    guide,
  };
}
