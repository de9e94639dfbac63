import { parseArgs } from 'node:util';
import type { FastifyInstance } from 'fastify';

/**
 * Runs a service as a program: `--host`, `--port` (or HOST, PORT), `--help`; TERM and INT end it at once.
 * Prints one line when it listens.
 */
export async function serve(name: string, app: FastifyInstance, defaultPort: number): Promise<void> {
  const { values } = parseArgs({ options: { host: { type: 'string' }, port: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help) {
    process.stdout.write(`Fake ${name} service with the metrics of the real one.\n\n  --host ADDRESS  where to listen (default: $HOST, else 127.0.0.1)\n  --port PORT     default: $PORT, else ${defaultPort}\n`);
    return;
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void app.close().then(() => process.exit(0)));
  const host = values.host ?? process.env['HOST'] ?? '127.0.0.1';
  const port = Number(values.port ?? process.env['PORT'] ?? defaultPort);
  await app.listen({ host, port });
  process.stdout.write(`${name} listens on ${host}:${port}\n`);
}
