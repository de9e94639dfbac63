import { delimiter, isAbsolute } from 'node:path';
import { objectIn } from './json-line.ts';

/** Where every system has its programs: a run's own world lays those of the cache over them. */
const SYSTEM = ['/usr/sbin', '/usr/bin', '/sbin', '/bin'];
/** The way out of this machine, and whom to trust there, as Go's programs are told. */
const OUTWARD = /^(https?_proxy|no_proxy|HTTPS?_PROXY|NO_PROXY|SSL_CERT_FILE|SSL_CERT_DIR)$/;
/**
 * Variables for whatever is started inside, as a JSON object: how the project's own tools change
 * what a run's services do (`scripts/agree/`).
 */
const INSIDE = 'GTV_INSIDE';

type Variables = Record<string, string>;

/** Options of execa by which a program gets these variables and no others. */
export interface MadeEnvironment {
  env: Variables;
  extendEnv: false;
}

/**
 * The environment of what has to do the same in everybody's shell. Of the user's own only where
 * programs are and where temporary files belong: a proxy, K6_VUS, PGSSLMODE or GOGC would change
 * what is judged.
 * @param home absolute; where programs look for settings of their user: best a folder without any
 * @param own what the program is given besides
 */
export function madeEnvironment(
  home: string,
  own: Variables = {},
  user: NodeJS.ProcessEnv = process.env,
): MadeEnvironment {
  const { PATH: path = '', TMPDIR: temporary, [INSIDE]: inside = '' } = user;
  return {
    env: {
      // A program of the user's in front of a run's own of the same name would run in its place.
      PATH: [...new Set([...SYSTEM, ...path.split(delimiter).filter(isAbsolute)])].join(delimiter),
      HOME: home,
      ...(temporary === undefined ? {} : { TMPDIR: temporary }),
      LANG: 'C.UTF-8',
      // As the programs' images have it: an hour of day in a stack is one of this zone.
      TZ: 'UTC',
      ...objectIn(inside),
      ...own,
    },
    extendEnv: false,
  };
}

/**
 * The same for what asks an address that the user names: the user's proxies lead there, and their
 * certificates are trusted. In a run's own world there are none.
 */
export function outwardEnvironment(
  home: string,
  own: Variables = {},
  user: NodeJS.ProcessEnv = process.env,
): MadeEnvironment {
  const outward = Object.entries(user).filter(([name]) => OUTWARD.test(name)) as [string, string][];
  return madeEnvironment(home, { ...Object.fromEntries(outward), ...own }, user);
}
