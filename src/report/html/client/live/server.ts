import type { LiveCurves, LiveState } from '../../../../model/live.ts';

/** The page's own server. */
export interface Server {
  /** Whether the page was opened with the key that changes need. */
  mayChange: boolean;
  state: () => Promise<LiveState>;
  curves: (expr: string, seconds: string) => Promise<LiveCurves>;
  provoke: (name: string) => Promise<void>;
  /** Of one provocation, or of all. */
  takeBack: (name?: string) => Promise<void>;
}

const KEPT_AS = 'gtv-live-key';

/**
 * The server, asked with the key that stands behind `#` in the address: the browser keeps that part
 * for itself. It is taken out of the address, so that nobody passes it on, and kept for this
 * window.
 */
export function ownServer(): Server {
  const key = keyOfAddress();
  const call = async <T>(method: string, path: string): Promise<T> => {
    const headers: Record<string, string> = key === null ? {} : { 'x-gtv-key': key };
    const response = await fetch(path, { method, headers, signal: AbortSignal.timeout(10_000) });
    const body = (await response.json()) as T & { error?: string };
    if (!response.ok) throw new Error(body.error ?? `the server answered ${response.status}`);
    return body;
  };
  const pathOf = (name?: string): string =>
    name === undefined ? '/provoked' : `/provoked/${encodeURIComponent(name)}`;
  return {
    mayChange: key !== null,
    state: () => call('GET', '/state'),
    curves: (expr, seconds) =>
      call('GET', `/query?${new URLSearchParams({ expr, seconds }).toString()}`),
    provoke: (name) => call('PUT', pathOf(name)),
    takeBack: (name) => call('DELETE', pathOf(name)),
  };
}

function keyOfAddress(): string | null {
  const given = /^#key=([\w-]+)$/.exec(location.hash)?.[1];
  if (given === undefined) return sessionStorage.getItem(KEPT_AS);
  sessionStorage.setItem(KEPT_AS, given);
  history.replaceState(null, '', location.pathname);
  return given;
}
