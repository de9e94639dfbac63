import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckResult } from '../model/check.ts';
import { CHECK_FORM } from './stored-forms.ts';
import { readJson } from './stored-run.ts';

/** What the check beside a run came to, as the run's folder keeps it. */
export interface FilesChecked {
  /** What it found; null when it couldn't be done at all. */
  checked: CheckResult | null;
  /** Why the files weren't checked, or not wholly; null: they were. */
  unchecked: string | null;
}

const FILE = 'check.json';

/** Keeps it in a run's folder. */
export async function keepFilesChecked(runDir: string, files: FilesChecked): Promise<void> {
  await writeFile(join(runDir, FILE), JSON.stringify(files));
}

/** What a run's folder keeps of it: a run that was killed before it was over has none. */
export async function readFilesChecked(runDir: string): Promise<FilesChecked> {
  const kept = await readJson<FilesChecked>(join(runDir, FILE), CHECK_FORM);
  return kept ?? { checked: null, unchecked: 'the run was ended before that was done' };
}
