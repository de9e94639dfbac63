import { request } from 'node:http';
import { HarnessError } from '../../lib/errors.ts';
import { REMOTE, socketPath } from './sockets.ts';

const WITHIN_MS = 5_000;

/**
 * Asks a stack that is up over its socket; the answer's status and body.
 * @throws HarnessError when nobody answers; the signal's reason when aborted
 */
export async function askLive(
  runDir: string,
  method: 'GET' | 'PUT' | 'DELETE',
  path: string,
  signal?: AbortSignal,
): Promise<{ status: number; body: unknown }> {
  return new Promise((resolve, reject) => {
    const gone = (cause: Error): void =>
      reject(
        signal?.aborted === true
          ? (signal.reason as Error)
          : new HarnessError(
              `the stack in ${runDir} doesn't answer`,
              'It may only be starting: wait until `npm run up` says that it is up. If it stays ' +
                'so, `npm run down` ends it.',
              { cause },
            ),
      );
    const call = request(
      {
        ...{ socketPath: socketPath(runDir, REMOTE), method, path, timeout: WITHIN_MS },
        ...(signal ? { signal } : {}),
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as unknown }),
        );
        response.on('error', gone);
      },
    );
    call.on('error', gone).on('timeout', () => call.destroy(new Error('no answer')));
    call.end();
  });
}
