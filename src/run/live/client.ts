import { request } from 'node:http';
import { HarnessError } from '../../lib/errors.ts';
import { REMOTE, socketPath } from './sockets.ts';

const WITHIN_MS = 5_000;
/** Characters of an answer that are shown. */
const MOST = 200;

/** Status and body of what a stack answered. */
export interface LiveAnswer {
  status: number;
  body: unknown;
}

/**
 * Asks a stack that is up over its socket.
 * @throws HarnessError when nobody answers, or not in JSON; the signal's reason when aborted
 */
export async function askLive(
  runDir: string,
  method: 'GET' | 'PUT' | 'DELETE',
  path: string,
  signal?: AbortSignal,
): Promise<LiveAnswer> {
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
        response.on('end', () => {
          const status = response.statusCode ?? 0;
          try {
            resolve({ status, body: JSON.parse(text) as unknown });
          } catch (cause) {
            reject(noJson(runDir, status, text, cause));
          }
        });
        response.on('error', gone);
      },
    );
    call.on('error', gone).on('timeout', () => call.destroy(new Error('no answer')));
    call.end();
  });
}

function noJson(runDir: string, status: number, text: string, cause: unknown): HarnessError {
  return new HarnessError(
    `the stack in ${runDir} answered with status ${status} and no JSON: ${text.slice(0, MOST) || 'nothing'}`,
    'Something else may listen there: `npm run down` ends the stack, and `npm run up` brings it up anew.',
    { cause },
  );
}
