import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runK6 } from '../../src/conform/observe/k6.ts';
import { runK6Step } from '../../src/k6/step.ts';
import { WHO_KILLED } from '../../src/lib/killed.ts';
import type { CapacityLoad } from '../../src/model/capacity-load.ts';
import type { ConformLoad } from '../../src/model/conform.ts';
import { withRunDir } from '../runtimes/contract.ts';

const { signal } = new AbortController();
const KILLED = { message: 'k6 was killed (SIGKILL)', advice: WHO_KILLED };

it('a k6 that somebody killed is told as that, whoever started it', () =>
  withRunDir(async (dir) => {
    const k6 = join(dir, 'k6');
    await writeFile(k6, '#!/bin/sh\nkill -KILL $$\n');
    await chmod(k6, 0o755);
    const conform = runK6({} as ConformLoad, { k6, script: 'conform.ts', signal });
    await expect(conform).rejects.toMatchObject(KILLED);
    const step = runK6Step({ warmUpMs: 0, measuredMs: 0, timeoutMs: 1_000 } as CapacityLoad, {
      ...{ k6, projectDir: dir, dir, id: 'one', signal },
      onStart: () => undefined,
      onMeasured: () => undefined,
    });
    await expect(step).rejects.toMatchObject(KILLED);
  }));
