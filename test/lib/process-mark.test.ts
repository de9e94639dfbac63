import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it, onTestFinished } from 'vitest';
import { lifeOf, markOf, pidOf } from '../../src/lib/process-mark.ts';
import { PROJECT } from '../support/cases.ts';
import { evaluated } from '../support/evaluated.ts';
import { ELSEWHERE, ENDED, REUSED } from '../support/marks.ts';

const [pid = '', started = '', space = '', boot = '', machine = ''] = markOf().split('.');
/** Reversed: surely another one. */
const other = (text: string): string => [...text].reverse().join('');

it('a process knows itself again', () => {
  expect(lifeOf(markOf())).toBe('alive');
  expect(pidOf(markOf())).toBe(process.pid);
});

it('another lives until it has ended', async () => {
  const child = execa('sleep', ['60'], { reject: false });
  const mark = markOf(child.pid);
  expect(lifeOf(mark)).toBe('alive');
  child.kill('SIGKILL');
  await child;
  expect(lifeOf(mark)).toBe('dead');
});

it.each([
  ['who has ended is dead', ENDED],
  ['its number is given anew', REUSED],
])('%s', (_, mark) => expect(lifeOf(mark)).toBe('dead'));

it('who has ended, and whose end nobody has taken note of, is dead', async () => {
  // The shell becomes somebody who doesn't ask after its children.
  const parent = execa('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], { reject: false });
  onTestFinished(() => void parent.kill('SIGKILL'));
  const child = await new Promise((resolve) => parent.stdout.once('data', resolve));
  await expect
    .poll(() => readFileSync(`/proc/${parent.pid ?? 0}/comm`, 'utf8').trim())
    .toBe('sleep');
  const mark = markOf(Number(String(child)));
  process.kill(pidOf(mark) ?? 0, 'SIGKILL');
  await expect.poll(() => lifeOf(mark)).toBe('dead');
  expect(() => process.kill(pidOf(mark) ?? 0, 0)).not.toThrow();
});

it.each([
  ['another container', ELSEWHERE],
  ['another machine', [pid, started, space, other(boot), other(machine)].join('.')],
  ['a container on it, which was started anew', `1.1.${Number(space) + 1}.1234.${machine}`],
])('of %s nothing is known', (_, mark) => expect(lifeOf(mark)).toBe('unknown'));

it('a machine that was started anew has none of its former processes', () => {
  const isOfMachine = space === '4026531836';
  expect(lifeOf([pid, started, space, other(boot), machine].join('.'))).toBe(
    isOfMachine ? 'dead' : 'unknown',
  );
});

it.each(['', 'nonsense', String(process.pid), process.pid, null, undefined])(
  'what is no mark says nothing: %j',
  (mark) => expect(lifeOf(mark)).toBe('unknown'),
);

it('from another space of process numbers this one can not be seen', async () => {
  const users = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
  const { stdout } = await evaluated(
    `import { lifeOf, markOf } from ${JSON.stringify(join(PROJECT, 'src/lib/process-mark.ts'))};
     console.log(lifeOf(${JSON.stringify(markOf())}), lifeOf(markOf()));`,
    ['unshare', ...users, '--pid', '--fork', '--mount-proc', '--kill-child'],
  );
  expect(stdout).toBe('unknown alive');
});
