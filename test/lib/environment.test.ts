import { afterEach, describe, expect, it, vi } from 'vitest';
import { execa } from 'execa';
import { madeEnvironment, outwardEnvironment } from '../../src/lib/environment.ts';

const SHELL = {
  HOME: '/home/somebody',
  HTTP_PROXY: 'http://127.0.0.1:9',
  no_proxy: 'example.org',
  SSL_CERT_FILE: '/home/somebody/ca.pem',
  K6_VUS: '2',
  PGSSLMODE: 'require',
  GOGC: 'off',
  GTV_PASSWORD: 'secret',
};

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('an environment that was made', () => {
  it('has nothing of a shell but where programs and temporary files are', () => {
    const user = { ...SHELL, PATH: '/home/somebody/bin', TMPDIR: '/var/big' };
    expect(madeEnvironment('/run/7', { SPEED: '60' }, user)).toEqual({
      env: {
        PATH: '/usr/sbin:/usr/bin:/sbin:/bin:/home/somebody/bin',
        HOME: '/run/7',
        TMPDIR: '/var/big',
        LANG: 'C.UTF-8',
        TZ: 'UTC',
        SPEED: '60',
      },
      extendEnv: false,
    });
  });

  it("looks for programs in the system's folders first, and in none that isn't absolute", () => {
    const { env } = madeEnvironment('/', {}, { PATH: '/opt/bin::bin:/usr/bin:/opt/bin' });
    expect(env['PATH']).toBe('/usr/sbin:/usr/bin:/sbin:/bin:/opt/bin');
  });

  it("takes what the project's own tools give to what runs inside", () => {
    const given = (text: string) => madeEnvironment('/', {}, { GTV_INSIDE: text }).env;
    expect(given('{"NODE_OPTIONS":"--import x"}')).toMatchObject({ NODE_OPTIONS: '--import x' });
    expect(given('--import x')).toEqual(madeEnvironment('/', {}, {}).env);
  });

  it('that leads outward has the way out besides', () => {
    const [inside, outward] = [madeEnvironment, outwardEnvironment].map(
      (make) => make('/', {}, SHELL).env,
    );
    const { HTTP_PROXY, no_proxy, SSL_CERT_FILE } = SHELL;
    expect(outward).toEqual({ ...inside, HTTP_PROXY, no_proxy, SSL_CERT_FILE });
  });

  it('is all that a started program sees', async () => {
    for (const [name, value] of Object.entries(SHELL)) vi.stubEnv(name, value);
    const { stdout } = await execa('env', madeEnvironment('/', { SPEED: '60' }));
    const names = stdout.split('\n').map((line) => line.split('=')[0]);
    expect(names).toContain('SPEED');
    for (const name of Object.keys(SHELL)) if (name !== 'HOME') expect(names).not.toContain(name);
  });
});
