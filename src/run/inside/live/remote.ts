import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname } from 'node:path';
import type { Disposal } from '../../../lib/disposal.ts';
import type { Plan, Provocation } from '../../../model/plan.ts';
import { REMOTE, socketPath } from '../../live/sockets.ts';

/**
 * What is provoked at the moment, and how to change it: over a Unix socket, so that only this user
 * can.
 */
export interface Remote {
  /** Provocations in force, in the order in which they were asked for. */
  provoked: () => Provocation[];
}

/**
 * Serves `GET /` (what is provoked), `PUT` and `DELETE /provoke/<name>`, `DELETE /provoke` (all of
 * it) and `DELETE /` (end of the run).
 */
export async function startRemote(
  plan: Plan,
  runDir: string,
  disposal: Disposal,
  end: () => void,
): Promise<Remote> {
  const active = new Map<string, Provocation>();
  const server = createServer((request, response) => {
    const name = decodeURIComponent(/^\/provoke\/(.+)$/.exec(request.url ?? '')?.[1] ?? '');
    const answer = (status: number, body: unknown): void =>
      void response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(JSON.stringify(body));
    if (request.method === 'PUT' && name !== '') {
      const provocation = plan.provocations.find(
        (p) => p.name.toLowerCase() === name.toLowerCase(),
      );
      if (!provocation) return answer(404, { known: plan.provocations.map((p) => p.name) });
      active.set(provocation.name, provocation);
      return answer(200, provocation);
    }
    if (request.method === 'DELETE' && (name !== '' || request.url === '/provoke')) {
      const names = [...active.keys()].filter((one) => name === '' || one === name);
      for (const one of names) active.delete(one);
      return answer(200, { names });
    }
    if (request.method === 'DELETE' && request.url === '/') {
      answer(200, {});
      return end();
    }
    return answer(request.method === 'GET' ? 200 : 405, { provoked: [...active.keys()] });
  });
  const path = socketPath(runDir, REMOTE);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  server.listen(path);
  await once(server, 'listening');
  disposal.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  return { provoked: () => [...active.values()] };
}
