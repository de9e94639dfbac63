import { once } from 'node:events';
import { createServer } from 'node:http';

/** Lets k6 wait until T0 is known: it asks `/start` in its setup and is answered when everything is ready. */
export interface Control extends AsyncDisposable {
  /** Resolves when k6 has asked. */
  waiting: Promise<void>;
  /** Answers k6 with T0, epoch ms. */
  release: (t0: number) => void;
}

/** Starts the control server on port 80 of its own loopback address. */
export async function startControl(ip: string): Promise<Control> {
  let arrived = (): void => undefined;
  const waiting = new Promise<void>((resolve) => (arrived = resolve));
  let release: (t0: number) => void = () => undefined;
  const released = new Promise<number>((resolve) => (release = resolve));
  const server = createServer((_request, response) => {
    arrived();
    void released.then((t0) => response.setHeader('content-type', 'application/json').end(JSON.stringify({ t0 })));
  });
  server.listen(80, ip);
  await once(server, 'listening');
  return {
    waiting,
    release,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
