import { listen, whenWhole } from '../../../lib/http-server.ts';
import type { Arrived } from '../../../lib/http-server.ts';
import type { Certificate } from '../../certificate.ts';

/**
 * Listens for POSTs and answers `ok`; what the reader throws on is answered with 400 and shows in
 * Alertmanager's log.
 * @param tls speaks TLS with it when given
 */
export async function listenFor(
  { ip, port, tls }: { ip: string; port: number; tls?: Certificate },
  read: (arrived: Arrived) => void,
): Promise<AsyncDisposable> {
  const handler = whenWhole((arrived, response) => {
    read(arrived);
    response.end('ok');
  });
  return listen({ ip, port, tls }, handler);
}
