import type { RecordedWorld } from '../model/recorded-world.ts';
import type { Spec } from '../model/spec.ts';
import type { Selection } from '../plan/selection.ts';
import { selectable } from '../plan/selection.ts';
import { spoiltIn } from '../verdict/spoilt.ts';
import { judgeWorlds } from '../verdict/worlds.ts';
import type { AskedPace } from '../machine/pace.ts';
import { pacedPlans } from './paced-plans.ts';
import type { PlannedWorld } from './paced-plans.ts';
import { againName } from './world-names.ts';

/** What the machine spoils this often isn't tried once more. */
const MOST = 2;
/** Done again it takes more time, so that the same strain spoils less, by this factor. */
const SLOWER = 0.6;

type Worlds = [RecordedWorld, ...RecordedWorld[]];

/** How what was spoilt is done again. */
export interface Repeating {
  spec: Spec;
  stackName: string;
  selection: Selection;
  /** A speed that was named is kept. */
  asked: AskedPace;
  say: (line: string) => void;
  execute: (world: PlannedWorld) => Promise<RecordedWorld>;
  signal: AbortSignal;
}

/**
 * Does again what the machine spoilt, at most twice, in a world of its own. No verdict is tried
 * twice: only what could not be judged, because its stimulus or its window was spoilt, is done once
 * more, and all that was seen is kept.
 */
export async function withSpoiltAgain(worlds: Worlds, repeating: Repeating): Promise<Worlds> {
  let all = worlds;
  for (let n = 1; n <= MOST && !repeating.signal.aborted; n++) {
    const share = spoiltShare(all, repeating);
    if (!share) break;
    const planned = await planAgain(all, share, n, repeating);
    repeating.say(`done again, at speed ${planned.plan.speed}: ${share.names.join(', ')}`);
    all = [...all, { ...(await repeating.execute(planned)), isAgain: true }];
  }
  return all;
}

/** What has to be done again, and its names for a reader; undefined: nothing. */
function spoiltShare(
  worlds: Worlds,
  { spec, selection }: Repeating,
): { selection: Selection; names: string[] } | undefined {
  const names = spoiltIn(judgeWorlds(worlds));
  const isSpoilt = (name: string): boolean =>
    names.some((one) => name === one || name.startsWith(`${one}/`));
  const wants = (name: string): boolean => isSpoilt(name) && selection.wants(name);
  if (!selectable(spec).some(wants)) return undefined;
  return { selection: { ...selection, wants }, names };
}

async function planAgain(
  worlds: Worlds,
  share: { selection: Selection },
  n: number,
  { spec, stackName, asked, signal }: Repeating,
): Promise<PlannedWorld> {
  const before = worlds.at(-1)?.plan.speed ?? 1;
  const pace = { ...asked, worlds: 1, atMost: Math.max(1, before * SLOWER) };
  const { worlds: planned } = await pacedPlans(
    spec,
    stackName,
    share.selection,
    pace,
    false,
    signal,
  );
  return { ...planned[0], name: againName(n) };
}
