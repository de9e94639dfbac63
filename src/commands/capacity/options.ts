import { HarnessError } from '../../lib/errors.ts';

/** What a capacity run was asked for. */
export interface CapacityOptions {
  /** The stack's folder; this project's own by default. */
  stack?: string;
  /** Ids of dimensions; those of the services by default. */
  dimensions: string[];
  /** A URL to load instead of the stack's stand-ins. */
  target?: string;
  /** The host that may be loaded although it isn't this machine. */
  iMayLoad?: string;
  /** `capacity.json` of an earlier run. */
  baseline?: string;
  /** A run's folder or name to go on with; true: the newest one. */
  resume?: string | true;
  repetitions: number;
  /** Other than the dimension's own. */
  warmUpMs?: number;
  measuredMs?: number;
  start?: number;
  max?: number;
  /** Whether alerts are provoked at 90% and 120% of the saturation point. */
  alerting: boolean;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * The URL to be loaded, if it may be: this machine itself, or a host that was named a second time
 * on purpose.
 * @throws HarnessError when it isn't one, or wasn't named
 */
export function permittedTarget(target: string, iMayLoad: string | undefined): URL {
  let url: URL;
  try {
    url = new URL(target);
  } catch {
    throw new HarnessError(
      `expected --target to be a URL, got \`${target}\``,
      'Write it like http://127.0.0.1:8000/api/events.',
    );
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new HarnessError(
      `expected --target to begin with http:// or https://, got \`${target}\``,
      'Write it like http://127.0.0.1:8000/api/events.',
    );
  if (url.username !== '' || url.password !== '')
    throw new HarnessError(
      '--target has a user or a password in it, which would end up in files and logs',
      'Name a URL that can be asked without them.',
    );
  if (LOOPBACK.test(url.hostname) || iMayLoad === url.hostname) return url;
  throw new HarnessError(
    iMayLoad === undefined
      ? `${url.hostname} is not this machine, and it would be sent a load`
      : `--i-may-load names ${iMayLoad}, and the target is ${url.hostname}`,
    `If it is yours to load, and nobody else needs it meanwhile, say so: --i-may-load ${url.hostname}`,
  );
}
