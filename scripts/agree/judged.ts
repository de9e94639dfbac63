import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { examplesOf } from '../../src/check/index.ts';
import { mutantsIn } from '../../src/commands/mutate/mutants-in.ts';
import { panelTexts } from '../../src/commands/mutate/panels.ts';
import { PROJECT_DIR } from '../../src/commands/paths.ts';
import { storedRun } from '../../src/commands/stored-run.ts';
import { HarnessError } from '../../src/lib/errors.ts';
import type { Change, Mutant, MutantResult } from '../../src/model/mutation.ts';
import { instrumentationMutants } from '../../src/mutate/instrumentation/index.ts';
import type { InstrumentationMutant } from '../../src/mutate/instrumentation/index.ts';
import { panelMutants } from '../../src/mutate/panels.ts';
import { readFolder } from '../../src/stack/folder.ts';
import { readStack } from '../../src/stack/index.ts';
import { pathsAround } from '../../src/stack/paths-around.ts';
import { SERVICES } from '../../src/technologies/gt-vision/services.ts';
import type { Fault } from './misexport.js';

/** A mistake that can be made live, with what became of it by evidence. */
export interface Judged extends Pick<MutantResult, 'mutant' | 'fate' | 'because'> {
  /** What is changed in the stack's files; none where a service has the mistake. */
  changes: Change[];
  /** What a service exports wrongly. */
  fault?: Fault;
}

/** What of a mutant `mutate --format json` tells. */
type Told = Pick<MutantResult, 'fate' | 'because'> & { id: string };

/**
 * The mutants of the project's stack that evidence judged, as far as they can be made live.
 * @param json what `mutate --format json` printed
 * @param run the run by which services were judged; without one none is drawn
 * @throws HarnessError when there is none
 */
export async function judgedIn(json: string, run: string | undefined): Promise<Judged[]> {
  const mutants = new Map((await liveMutants(run)).map((mutant) => [mutant.id, mutant]));
  const { results } = JSON.parse(await readFile(resolve(json), 'utf8')) as { results: Told[] };
  const judged = results.flatMap(({ id, fate, because }): Judged[] => {
    const mutant = mutants.get(id);
    const isKnown = ['killed', 'survived', 'equivalent'].includes(fate);
    const live = mutant && isKnown ? liveOf(mutant) : undefined;
    return mutant && live ? [{ mutant, fate, because, ...live }] : [];
  });
  if (judged.length > 0) return judged;
  throw new HarnessError(
    `${json} has no mutant of the stack as it is now`,
    'Judge them first: npm run mutate -- --format json > FILE',
  );
}

async function liveMutants(run: string | undefined): Promise<Mutant[]> {
  const dir = join(PROJECT_DIR, 'stack');
  const stack = readStack(await readFolder(dir), pathsAround(dir));
  const examples = examplesOf(stack);
  const services = run === undefined ? [] : await serviceMutants(run);
  return [
    ...mutantsIn(stack, 'everything'),
    ...panelMutants(panelTexts(stack, examples), examples.scrapeMs),
    ...services,
  ];
}

async function serviceMutants(run: string): Promise<Mutant[]> {
  const { worlds } = await storedRun(run);
  return worlds.slice(0, 1).flatMap(({ plan, evidence }) => instrumentationMutants(plan, evidence));
}

/** How a mistake is made; undefined where it stands in a program of somebody else's. */
function liveOf(mutant: Mutant): Pick<Judged, 'changes' | 'fault'> | undefined {
  if (!isOfService(mutant)) return mutant.changes && { changes: mutant.changes };
  const { metric, job: service, operator, label } = mutant;
  if (!SERVICES.some((own) => own === service)) return undefined;
  const fault = { service, metric, operator, ...(label === undefined ? {} : { label }) };
  return { changes: [], fault };
}

function isOfService(mutant: Mutant): mutant is InstrumentationMutant {
  return mutant.kind === 'instrumentation';
}
