import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { execa } from 'execa';
import { newRunsDir, onlyRun, reportOf } from '../support/cli.ts';
import { follow, projectCopy } from '../support/how-to.ts';
import { HOW_TOS } from '../support/how-tos.ts';
import { longOrSkip } from '../support/long.ts';
import { aboutOf } from '../support/expectations.ts';

/** The packages of the technology that is added are fetched first, into a cache of its own. */
const RUN_MS = 420_000;
const PROVED = HOW_TOS.flatMap(({ proves, besides = [] }) => [proves, ...besides]);

it('what the how-tos add is proved on the real stack', { timeout: RUN_MS }, async (context) => {
  longOrSkip(context);
  const { dir } = projectCopy();
  try {
    follow(
      HOW_TOS.map(({ page }) => page),
      dir,
    );
    const runsDir = newRunsDir();
    const result = await execa(
      'npm',
      [
        'run',
        '-s',
        'verify',
        '--',
        '--quiet',
        '--runtime',
        'native',
        ...PROVED.flatMap((name) => ['--only', name]),
      ],
      {
        cwd: dir,
        reject: false,
        env: {
          NO_COLOR: '1',
          GTV_RUNS: runsDir,
          GTV_CACHE: join(dir, 'cache'),
          GITHUB_ACTIONS: '',
        },
      },
    );
    const { verdicts } = reportOf(onlyRun(runsDir));
    // A slow machine may leave something unjudged; that says nothing of the pages.
    expect(
      verdicts.filter((v) => v.outcome === 'fail'),
      result.stdout,
    ).toEqual([]);
    for (const proves of PROVED) {
      const own = verdicts.filter(
        (v) => v.outcome === 'pass' && aboutOf(v).includes(proves.slice(proves.indexOf('/') + 1)),
      );
      expect(own.length, `${proves}\n${result.stdout}`).toBeGreaterThan(1);
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
