import { listen } from '../../lib/http-server.ts';

/**
 * Lets k6 wait until T0 is known: it asks `/start` in its setup and is answered when everything is
 * ready.
 */
export interface Control extends AsyncDisposable {
  /** Whether k6 has asked. */
  isWaiting: () => boolean;
  /** Answers k6 with T0, epoch ms. */
  release: (t0: number) => void;
  /** What `/levels` answers: for a load that follows what is wanted at each moment, not a plan. */
  setLevels: (levels: Record<string, number>) => void;
}

/** Starts the control server on port 80 of its own loopback address. */
export async function startControl(ip: string): Promise<Control> {
  let waiting = false;
  let release: (t0: number) => void = () => undefined;
  const released = new Promise<number>((resolve) => (release = resolve));
  let levels: Record<string, number> = {};
  const server = await listen({ ip, port: 80 }, (request, response) => {
    if (request.url === '/levels') {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(levels));
      return;
    }
    waiting = true;
    void released.then((t0) =>
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ t0 })),
    );
  });
  return {
    isWaiting: () => waiting,
    release,
    setLevels: (now) => (levels = now),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
