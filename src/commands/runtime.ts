import { InputError, messageOf } from '../lib/errors.ts';
import { GRAFANA } from '../model/containers.ts';
import type { ContainersPlan } from '../model/containers.ts';
import type { Plan } from '../model/plan.ts';
import type { Spec } from '../model/spec.ts';
import { containersOf } from '../plan/containers/index.ts';
import { originalImages } from '../plan/containers/stand-ins.ts';
import { connectEngine } from '../container-engine/engine.ts';
import type { Engine } from '../container-engine/engine.ts';
import { k6For } from '../run/docker/k6.ts';
import { removeDeadRuns } from '../runtimes/docker/leftovers.ts';
import { haveImages, missingImages, versionsOf, withoutMissing } from '../run/docker/ready.ts';
import { ownImages } from '../images/index.ts';
import { findChromium } from '../run/docker/look/index.ts';
import { isPresent } from '../images/presence.ts';
import { cachedK6, checkHost, ensureCache } from '../programs/index.ts';
import type { Programs } from '../programs/index.ts';
import { readCompose } from '../spec/compose/index.ts';
import { runsDir } from './paths.ts';
import { checkMountable } from './space.ts';

/** What may be asked for; undefined: docker where it can be, else native. */
export const RUNTIMES = ['docker', 'native'] as const;
export type RuntimeName = (typeof RUNTIMES)[number];

/** The docker runtime, ready to run. */
export interface DockerRuntime {
  kind: 'docker';
  engine: Engine;
  containers: ContainersPlan;
  k6: Buffer;
  versions: Record<string, string>;
  /** The browser that opens Grafana's dashboards; null: nobody looks. */
  chromium: string | null;
  notJudged: { what: string; why: string }[];
}

export type Runtime = DockerRuntime | { kind: 'native'; programs: Programs };

/**
 * Takes the runtime that was asked for; without a wish docker when an engine answers and the images
 * are there or can be pulled, else native. Says which and why.
 * @throws HarnessError or InputError when docker was asked for and can't be had
 */
export async function chooseRuntime(
  asked: RuntimeName | undefined,
  spec: Spec,
  plan: Plan,
  cacheDir: string,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<Runtime> {
  if (asked === 'native') return nativeRuntime(cacheDir, say, signal);
  try {
    const runtime = await dockerRuntime(spec, plan, cacheDir, say, signal);
    say(`runtime: docker, on ${runtime.engine.text}`);
    for (const { what, why } of runtime.notJudged) say(`  ${what} isn't judged: ${why}`);
    return runtime;
  } catch (error) {
    signal.throwIfAborted();
    if (asked === 'docker') throw error;
    const why =
      error instanceof InputError
        ? (error.problems.map((p) => `${p.source.file}:${p.source.line}: ${p.message}`)[0] ?? '')
        : messageOf(error);
    say(
      `runtime: native (${why
        .split('\n')
        .map((line) => line.trim())
        .join(' ')})`,
    );
    return nativeRuntime(cacheDir, say, signal);
  }
}

async function nativeRuntime(
  cacheDir: string,
  onProgress: (line: string) => void,
  signal: AbortSignal,
): Promise<Runtime> {
  checkMountable(runsDir());
  await checkHost();
  return { kind: 'native', programs: await ensureCache({ cacheDir, onProgress, signal }) };
}

async function dockerRuntime(
  spec: Spec,
  plan: Plan,
  cacheDir: string,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<DockerRuntime> {
  const engine = await connectEngine();
  const compose = await readCompose(spec.dir, spec.contract.jobs);
  const originals = originalImages(compose, plan);
  const without = containersOf(compose, plan);
  await removeDeadRuns(engine.docker);
  const [node = '', k6Image = ''] = ownImages();
  const lacking = await haveImages(
    engine,
    [node, ...without.containers.map((c) => c.image), ...originals],
    { cacheDir, onProgress: say, signal },
  );
  const lacks = (name: string): boolean => lacking.some(({ image }) => image === name);
  const wanted = containersOf(compose, plan, (image) => !lacks(image));
  const { containers, leftOut, needed } = withoutMissing(
    wanted,
    lacking.filter(({ image }) => !originals.includes(image)),
  );
  if (needed.length > 0) throw missingImages(needed);
  const cached = await cachedK6(cacheDir);
  const [k6, versions] = await Promise.all([
    k6For(engine, cached, (await isPresent(engine.docker, k6Image)) ? k6Image : undefined),
    versionsOf(engine, containers),
  ]);
  const grafana = grafanaOf(containers, plan, engine);
  return {
    kind: 'docker',
    engine,
    containers,
    k6: k6.program,
    versions: { ...versions, k6: k6.version },
    chromium: grafana.chromium,
    notJudged: [
      ...grafana.notJudged,
      ...leftOut.map(({ service, why }) => ({ what: service, why })),
      ...containers.standIns.map(({ service, image, why }) => ({
        what: service,
        why: `${image} stands in for it: ${why}`,
      })),
    ],
  };
}

/** Who may look at Grafana, where it is there, and what of it stays unjudged. */
function grafanaOf(
  containers: ContainersPlan,
  plan: Plan,
  engine: Engine,
): Pick<DockerRuntime, 'chromium' | 'notJudged'> {
  const isThere = containers.containers.some((c) => c.service === GRAFANA.service);
  if (!isThere || plan.panels.length === 0) return { chromium: null, notJudged: [] };
  if (!containers.logins.grafana)
    return {
      chromium: null,
      notJudged: [
        {
          what: 'Grafana itself',
          why:
            'no secret of its service in the compose file is the password that ' +
            'GF_SECURITY_ADMIN_PASSWORD__FILE names, so nobody can log in',
        },
      ],
    };
  const unseen = (why: string): ReturnType<typeof grafanaOf> => ({
    chromium: null,
    notJudged: [{ what: 'Grafana in a browser', why }],
  });
  if (!engine.local)
    return unseen(
      'the engine is on another machine, and its ports are published on loopback there',
    );
  const found = findChromium();
  return 'why' in found ? unseen(found.why) : { chromium: found.path, notJudged: [] };
}
