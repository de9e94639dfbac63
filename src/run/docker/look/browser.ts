import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** Names under which systems have a Chromium. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * The Chromium that `GTV_CHROMIUM` names, else one of the PATH; or why there is none. Set to
 * nothing, it means none.
 */
export function findChromium(
  env: NodeJS.ProcessEnv = process.env,
): { path: string } | { why: string } {
  const wanted = env['GTV_CHROMIUM'];
  if (wanted === '') return { why: 'GTV_CHROMIUM is empty: no browser is wanted' };
  if (wanted !== undefined)
    return isExecutable(wanted) && isAbsolute(wanted)
      ? { path: wanted }
      : { why: `GTV_CHROMIUM names ${wanted}, which is no program (an absolute path is expected)` };
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  const path = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(
    isExecutable,
  );
  return path === undefined
    ? { why: 'there is no Chromium on the PATH, and GTV_CHROMIUM names none' }
    : { path };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
