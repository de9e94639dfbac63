import { build } from 'esbuild';
import { PROJECT_DIR } from '../../paths.ts';

/**
 * A scenario and all that it imports as one JavaScript file that k6 runs as it is: what k6 itself
 * brings (`k6/…`) stays an import. A runner in a cluster has nothing but the files of its
 * ConfigMap.
 * @param entry path of the scenario
 */
export async function bundleScenario(entry: string): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: PROJECT_DIR,
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    external: ['k6', 'k6/*'],
    charset: 'utf8',
    legalComments: 'none',
  });
  return outputFiles[0]?.text ?? '';
}
