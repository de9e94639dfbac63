import { describe, expect, it } from 'vitest';
import { annotations, problemAnnotations } from '../../src/report/annotations.ts';
import { EARLY, failed, interrupted, judgement, passed, verdict } from './samples.ts';
import { aboutOf } from '../support/expectations.ts';

const AT = { stackDir: '/repo/stack', rootDir: '/repo' };

/**
 * What GitHub's runner makes of a line: the reverse of the escaping, as its ActionCommand does it.
 */
function understood(line: string): {
  level: string;
  properties: Record<string, string>;
  message: string;
} {
  const parts = /^::(\w+) ([^]*?)::([^]*)$/.exec(line);
  if (!parts) throw new Error(`no command: ${line}`);
  const [, level = '', properties = '', message = ''] = parts;
  const data = (text: string): string =>
    text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
  const pairs = properties.split(',').map((pair): [string, string] => [
    pair.slice(0, pair.indexOf('=')),
    data(
      pair
        .slice(pair.indexOf('=') + 1)
        .replaceAll('%3A', ':')
        .replaceAll('%2C', ','),
    ),
  ]);
  return { level, properties: Object.fromEntries(pairs), message: data(message) };
}

describe('annotations', () => {
  it('are none when all passed', () => expect(annotations(passed(), AT)).toEqual([]));

  it('point at the file from the root of the repository', () => {
    const [line = '', ...more] = annotations(failed(), AT);
    expect(more).toEqual([]);
    expect(line).toMatch(
      /^::error file=stack\/prometheus\/alerts\/all\.yml,line=7,col=9,title=HighErrorRate fires too early::/,
    );
    expect(understood(line).message).toContain(
      `expected: ${EARLY.expected}\nseen:     ${EARLY.seen}`,
    );
  });

  it('warn of what could not be judged, once for one reason', () => {
    const lines = annotations(interrupted(), AT).map(understood);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      level: 'warning',
      properties: { title: '4 could not be judged: judged' },
    });
    for (const track of interrupted()
      .verdicts.filter((v) => v.outcome === 'inconclusive')
      .map(aboutOf))
      expect(lines[0]?.message).toContain(track);
    expect(lines[0]?.properties).not.toHaveProperty('file');
  });

  it('warn when nothing was judged at all', () => {
    expect(annotations(judgement([], { interruption: 'the stack did not start' }), AT)).toEqual([
      '::warning title=Nothing was judged::the stack did not start',
    ]);
  });

  it.each(['50% off, 100%25', 'a:b,c=d::e', 'one\r\ntwo\rthree\nfour', '::error::x', '%0A%3A%2C'])(
    'say %j as it is, in one line',
    (text) => {
      const source = { file: 'a,b:c%.yml', line: 1, column: 2 };
      const [line = ''] = annotations(
        judgement([
          verdict('A', 'slack told', undefined, { ...EARLY, source, title: text, seen: text }),
        ]),
        AT,
      );
      expect(line).not.toMatch(/[\r\n]/);
      const { properties, message } = understood(line);
      expect(properties).toEqual({
        file: 'stack/a,b:c%.yml',
        line: '1',
        col: '2',
        title: text.replace(/\s+/g, ' '),
      });
      expect(message).toContain(`seen:     ${text.replace(/\r\n?/g, '\n')}\n`);
    },
  );

  it('hold no control characters', () => {
    const [line = ''] = annotations(
      judgement([
        verdict('A', 'slack told', undefined, {
          ...EARLY,
          title: 'a\u0007b \u001b[31mred',
          seen: '\u0000',
        }),
      ]),
      AT,
    );
    expect(line).toMatch(/title=ab red::/);
    expect(line).not.toMatch(/[\u0000-\u001f]/);
  });

  it('name no file that GitHub cannot open', () => {
    for (const stackDir of ['/elsewhere/stack', '/repository/stack', '/'])
      expect(annotations(failed(), { stackDir, rootDir: '/repo' })[0]).toMatch(/^::error title=/);
    expect(annotations(failed(), { stackDir: '/repo', rootDir: '/repo' })[0]).toMatch(
      /^::error file=prometheus\//,
    );
    expect(annotations(failed(), { stackDir: '/repo/..stack', rootDir: '/repo' })[0]).toMatch(
      /^::error file=\.\.stack\//,
    );
  });

  it('tell of wrong input too', () => {
    expect(
      problemAnnotations(
        [
          {
            source: { file: 'contract.yaml', line: 3, column: 1 },
            message: 'unknown key `job`',
            expected: 'one of: jobs, alerts',
          },
        ],
        AT,
      ),
    ).toEqual([
      '::error file=stack/contract.yaml,line=3,col=1,title=unknown key `job`::unknown key `job`%0Aexpected: one of: jobs, alerts',
    ]);
  });
});
