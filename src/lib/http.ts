/** The error of an answer in Prometheus's own form. */
function errorIn(body: string): string | undefined {
  try {
    return (JSON.parse(body) as { error?: string }).error;
  } catch {
    return undefined;
  }
}

/** GETs a URL and throws unless it answers 2xx within the time; the body as text. */
export async function get(url: string, timeoutMs = 2_000): Promise<string> {
  return call(url, 'GET', timeoutMs);
}

/** The same with an empty POST. */
export async function post(url: string, timeoutMs = 2_000): Promise<string> {
  return call(url, 'POST', timeoutMs);
}

async function call(url: string, method: string, timeoutMs: number): Promise<string> {
  const response = await fetch(url, { method, signal: AbortSignal.timeout(timeoutMs) });
  const body = await response.text();
  if (!response.ok)
    throw new Error(errorIn(body) ?? `${url} answered ${response.status}: ${body.slice(0, 300)}`);
  return body;
}

/**
 * Throws unless somebody answers who isn't still starting: below 500. A page that isn't there, or
 * isn't for everybody, is an answer of a program that runs.
 */
export async function answers(url: string, timeoutMs = 2_000): Promise<void> {
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
  await response.arrayBuffer();
  if (response.status >= 500) throw new Error(`${url} answered ${response.status}`);
}
