import type { Question } from '../model/attach.ts';
import type { Reader } from './client/index.ts';

/** By what Prometheus's neighbours are known, asked at the address that was named for it. */
const NEIGHBOURS: { path: string; key: string; is: string; mend: string }[] = [
  {
    path: '/api/health',
    key: 'database',
    is: "is Grafana's address, not Prometheus's",
    mend: 'Name Prometheus first, and this address with --grafana.',
  },
  {
    path: '/api/v2/status',
    key: 'versionInfo',
    is: "is Alertmanager's address, not Prometheus's",
    mend: 'Name Prometheus first, and this address with --alertmanager.',
  },
];

/** Which of its neighbours stands where Prometheus was looked for; asked only of what lives. */
export async function otherProgram(
  reader: Reader,
  error: string,
): Promise<{ is: string; mend: string } | undefined> {
  if (!/^HTTP 40[0-6]|no JSON|a page/.test(error)) return undefined;
  const answers = await reader.ask(
    NEIGHBOURS.map(({ path }): Question => ({ of: 'prometheus', path, parameters: {} })),
  );
  return NEIGHBOURS.find(({ key }, i) => {
    const answer = answers[i];
    return answer && 'body' in answer && isWith(answer.body, key);
  });
}

function isWith(body: unknown, key: string): boolean {
  return typeof body === 'object' && body !== null && key in body;
}
