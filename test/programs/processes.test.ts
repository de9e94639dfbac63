import { describe, expect, it } from 'vitest';
import { helperError, runHelper } from '../../src/programs/processes.ts';

describe('the error of a program that failed', () => {
  it('has its last words, not all of them', () => {
    const { message } = helperError(
      'reading',
      Array.from({ length: 100 }, (_, i) => `line ${i}`).join('\n'),
      'Try again.',
    );
    expect(message).toMatch(/^reading failed:\nline 92\n[^]*line 99$/);
  });
  it('calls a full disk by its name, wherever it is told', () => {
    const error = helperError(
      'unpacking',
      `tar: No space left on device\n${'more\n'.repeat(50)}`,
      'Try again.',
    );
    expect(error.message).toBe('unpacking failed: the disk is full');
    expect(error.advice).toContain('GTV_CACHE');
  });
});

describe('a program that is run', () => {
  const helper = { what: 'listing', advice: 'Look.', signal: new AbortController().signal };
  it('gives its output', async () =>
    expect(await runHelper('sh', ['-c', 'echo $0', 'word'], helper)).toBe('word'));
  it('that fails says so', async () => {
    await expect(runHelper('sh', ['-c', 'echo why >&2; exit 3'], helper)).rejects.toMatchObject({
      name: 'HarnessError',
      message: 'listing failed:\nwhy',
      advice: 'Look.',
    });
  });
  it('ends with the signal, with its reason', async () => {
    const stop = new AbortController();
    const running = runHelper('sleep', ['60'], { ...helper, signal: stop.signal });
    setTimeout(() => stop.abort(new Error('stopped')), 50);
    await expect(running).rejects.toThrow('stopped');
  });
});
