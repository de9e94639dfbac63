import { describe, expect, it } from 'vitest';
import { targetFindings } from '../../src/attach/findings/targets.ts';
import { addressOf } from '../../src/commands/attach/address.ts';
import { makeProgram } from '../../src/commands/program.ts';

describe('an address', () => {
  const refusal = (text: string): string => {
    try {
      return addressOf('the address', text).href;
    } catch (error) {
      return (error as Error).message;
    }
  };

  it.each([
    ['admin:hunter2@prom:9090', 'the address is no address: …@prom:9090'],
    ['ftp://u:hunter2@prom/', 'the address is no address: ftp://…@prom/'],
    ['http://u:hunter2?x@prom', 'the address is no address: http://…'],
    ['prom?token=hunter2', 'the address is no address: prom?…'],
  ])('that is none (%s) is told without what may be secret', (text, message) =>
    expect(refusal(text)).toBe(message),
  );

  it('with a user is refused', () =>
    expect(refusal('http://u:hunter2@prom')).toMatch(/^the address carries a user or a password/));

  it('with a query is refused, for that is asked of nobody', () =>
    expect(refusal('http://prom:9090/?token=hunter2')).toMatch(
      /^the address has something behind its path.*: http:\/\/prom:9090\/\?…$/,
    ));

  it('with a path is taken', () =>
    expect(refusal('https://prom.example/prometheus')).toBe('https://prom.example/prometheus'));
});

it('of a target’s address no value of its query is told, and no password', () => {
  const scrapeUrl = 'http://u:hunter2@i:1/metrics?token=hunter2&module=if';
  const lastError = `Get "${scrapeUrl}": context deadline exceeded`;
  const target = { labels: { job: 'j' }, scrapePool: 'j', scrapeUrl, health: 'down', lastError };
  const [found] = targetFindings([target]);
  expect([found?.where, found?.title]).toEqual([
    'http://…@i:1/metrics?token=…&module=…',
    'can\'t be scraped: Get "http://…@i:1/metrics?token=…&module=…": context deadline exceeded',
  ]);
});

describe('--timeout', () => {
  const said = async (timeout: string): Promise<string> => {
    const attach = makeProgram(new AbortController().signal)
      .commands.find((command) => command.name() === 'attach')
      ?.exitOverride()
      .configureOutput({ writeErr: () => undefined })
      .action(() => undefined);
    return attach
      ? attach.parseAsync(['http://p', '--timeout', timeout], { from: 'user' }).then(
          () => 'taken',
          (error: unknown) => (error as Error).message,
        )
      : 'no command';
  };

  it.each(['0s', '0', '30d', 'soon'])('%s is refused', async (timeout) =>
    expect(await said(timeout)).toContain('Expected a duration'),
  );

  it.each(['1ms', '10s', '24d'])('%s is taken', async (timeout) =>
    expect(await said(timeout)).toBe('taken'),
  );
});
