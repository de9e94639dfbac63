import { listen, whenWhole } from '../../../lib/http-server.ts';
import type { Arrived, ServerAddress } from '../../../lib/http-server.ts';

/**
 * Listens for POSTs and answers `ok`; what the reader throws on is answered with 400 and shows in
 * Alertmanager's log.
 */
export async function listenFor(
  at: ServerAddress,
  read: (arrived: Arrived) => void,
): Promise<AsyncDisposable> {
  const handler = whenWhole((arrived, response) => {
    read(arrived);
    response.end('ok');
  });
  return listen(at, handler);
}
