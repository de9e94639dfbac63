import { createHash } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HarnessError } from '../../lib/errors.ts';
import { makeFolder } from '../../lib/make-folder.ts';
import type { CheckFile } from '../../model/check.ts';
import type { Mutant, MutantResult } from '../../model/mutation.ts';
import { projectVersion, runsDir } from '../paths.ts';

/** One line of the journal: what became of a mutant. */
type Entry = Pick<MutantResult, 'fate' | 'because'> & { id: string };

/** What was judged so far, kept in a file so that an interrupted call goes on where it ended. */
export interface Journal {
  path: string;
  /** What an earlier call judged, in no order. */
  known: Map<string, Entry>;
  add: (result: MutantResult) => void;
  /** Everything is judged: nothing is left to go on with. */
  done: () => Promise<void>;
}

/** Where a journal is, and its first line: what all in it depends on. */
interface Place {
  path: string;
  head: string;
}

/**
 * The journal of a call that begins anew.
 * @param dir the stack's folder
 * @param judged all that a verdict depends on: the stack's files, and those of tests
 */
export async function beginJournal(dir: string, judged: CheckFile[]): Promise<Journal> {
  const place = placeOf(dir, judged);
  await makeFolder(dirname(place.path));
  await writeFile(place.path, `${place.head}\n`);
  return journalAt(place, new Map());
}

/**
 * The journal of a call that goes on where one before it was interrupted.
 * @throws HarnessError when there is none, or one of other files
 */
export async function resumeJournal(dir: string, judged: CheckFile[]): Promise<Journal> {
  const place = placeOf(dir, judged);
  return journalAt(place, await earlier(place));
}

function placeOf(dir: string, judged: CheckFile[]): Place {
  return {
    path: join(runsDir(), `mutate-${hash([dir])}.jsonl`),
    head: JSON.stringify({
      version: projectVersion(),
      files: hash(judged.flatMap((file) => [file.path, file.text])),
    }),
  };
}

function journalAt({ path }: Place, known: Map<string, Entry>): Journal {
  return {
    path,
    known,
    add: ({ mutant, fate, because }) =>
      appendFileSync(path, `${JSON.stringify({ id: mutant.id, fate, because })}\n`),
    done: () => rm(path, { force: true }),
  };
}

/** Those of the mutants that the journal knows, as results. */
export function resultsIn(journal: Journal, mutants: Mutant[]): MutantResult[] {
  return mutants.flatMap((mutant) => {
    const entry = journal.known.get(mutant.id);
    return entry ? [{ mutant, fate: entry.fate, because: entry.because }] : [];
  });
}

async function earlier({ path, head }: Place): Promise<Map<string, Entry>> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  const [first, ...lines] = (text ?? '').split('\n');
  if (text === undefined)
    throw new HarnessError(
      'there is nothing to go on with: no call for this stack was interrupted',
      'Leave --resume out.',
    );
  if (first !== head)
    throw new HarnessError(
      'the stack, its tests or this program changed since the call that was interrupted',
      'Begin anew: leave --resume out.',
    );
  return new Map(lines.flatMap(entryOf).map((entry) => [entry.id, entry]));
}

/** A call that was killed may have left half a line. */
function entryOf(line: string): Entry[] {
  try {
    return line === '' ? [] : [JSON.parse(line) as Entry];
  } catch {
    return [];
  }
}

function hash(texts: string[]): string {
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 16);
}
