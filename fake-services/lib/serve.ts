import { parseArgs } from 'node:util';
import type { FastifyInstance } from 'fastify';

/**
 * Runs a service as a program: `--host`, `--port` (or HOST, PORT), `--help`; TERM and INT end it at
 * once with exit code 0, wrong usage and an address that can't be had with 2. Prints one line on
 * standard output when it listens.
 */
export async function serve(
  name: string,
  build: () => FastifyInstance,
  defaultPort: number,
): Promise<void> {
  try {
    const { values } = parseArgs({
      options: { host: { type: 'string' }, port: { type: 'string' }, help: { type: 'boolean' } },
    });
    if (values.help) {
      process.stdout.write(
        `Fake ${name} service with the metrics of the real one.\n\n  --host ADDRESS  where to ` +
          `listen (default: $HOST, else 127.0.0.1)\n  --port PORT     default: $PORT, else ` +
          `${defaultPort}\n`,
      );
      return;
    }
    const host = values.host ?? process.env['HOST'] ?? '127.0.0.1';
    const port = wholeNumber(
      'port',
      values.port ?? process.env['PORT'] ?? String(defaultPort),
      65_535,
    );
    const app = build();
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      process.once(signal, () => void app.close().finally(() => process.exit(0)));
    await app.listen({ host, port });
    process.stdout.write(`${name} listens on ${host}:${port}\n`);
  } catch (error) {
    process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  }
}

/** How many of something a service has at its start, from the environment. */
export function countFrom(variable: string, otherwise: number): number {
  return wholeNumber(variable, process.env[variable] ?? String(otherwise), 100_000);
}

function wholeNumber(what: string, text: string, max: number): number {
  if (!/^\d+$/.test(text) || Number(text) > max)
    throw new Error(`expected ${what} to be a whole number from 0 to ${max}, got \`${text}\``);
  return Number(text);
}
