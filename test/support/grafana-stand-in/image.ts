import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { pack } from 'tar-stream';
import type { Engine } from '../../../src/container-engine/engine.ts';
import { followed } from '../../../src/images/follow.ts';
import { baseOfServices } from '../../../src/images/index.ts';
import { isPresent } from '../../../src/images/presence.ts';

/** The health check of the compose file calls it, and a slim image has none. */
const WGET =
  '#!/usr/bin/env node\nfetch(process.argv.at(-1)).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1));\n';

/**
 * Builds the image that stands in for Grafana, under another image's name, for the length of one
 * call.
 */
export async function withGrafanaStandIn<T>(
  { docker }: Engine,
  name: string,
  use: () => Promise<T>,
): Promise<T> {
  if (await isPresent(docker, name)) throw new Error(`the engine has ${name}: it isn't replaced`);
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('server.ts', import.meta.url))],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'silent',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
  const context = pack();
  context.entry(
    { name: 'Dockerfile' },
    `FROM ${baseOfServices()}\nCOPY wget /usr/local/bin/wget\nCOPY server.mjs /server.mjs\nENTRYPOINT ["node", "/server.mjs"]\n`,
  );
  context.entry({ name: 'wget', mode: 0o755 }, WGET);
  context.entry({ name: 'server.mjs', mode: 0o644 }, Buffer.from(outputFiles[0]?.contents ?? []));
  context.finalize();
  await followed(
    await docker.buildImage(context as unknown as NodeJS.ReadableStream, {
      t: name,
      rm: true,
      forcerm: true,
    }),
  );
  try {
    return await use();
  } finally {
    await docker.getImage(name).remove({ force: true });
  }
}
