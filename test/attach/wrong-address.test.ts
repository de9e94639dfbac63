import { afterEach, expect, it } from 'vitest';
import { createReader } from '../../src/attach/client/index.ts';
import { survey } from '../../src/attach/survey.ts';
import type { HarnessError } from '../../src/lib/errors.ts';
import { serve } from './server.ts';

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

/** What is said of an address at which paths are answered so; and what was asked there. */
async function said(answers: Record<string, unknown>): Promise<string[]> {
  const { url, asked, close } = await serve((path) => answers[path]);
  open.push(close);
  const reader = createReader(
    { prometheus: url },
    {},
    { timeoutMs: 5_000, signal: new AbortController().signal },
  );
  const error = await survey(reader, { prometheus: url.href }).then(
    () => undefined,
    (thrown: unknown) => thrown as HarnessError,
  );
  const message = (error?.message ?? 'fine').replace(url.href, 'URL');
  return [message, error?.advice ?? '', `${asked.length} questions`];
}

it("Grafana's address is called so", async () => {
  const [message, advice] = await said({ '/api/health': { database: 'ok', version: '12.1.0' } });
  expect(message).toBe("URL is Grafana's address, not Prometheus's");
  expect(advice).toContain('--grafana');
});

it("Alertmanager's address is called so", async () => {
  const [message, advice] = await said({ '/api/v2/status': { versionInfo: {} } });
  expect(message).toBe("URL is Alertmanager's address, not Prometheus's");
  expect(advice).toContain('--alertmanager');
});

it('of what is neither the answer is told, and nothing else is asked', async () => {
  expect(await said({})).toEqual([
    'URL does not answer as a Prometheus: HTTP 404: {"error":"not here"}',
    expect.stringContaining('Look at the address'),
    '3 questions',
  ]);
});
