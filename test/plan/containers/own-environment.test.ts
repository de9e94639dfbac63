import { describe, expect, it } from 'vitest';
import type { ComposeService } from '../../../src/model/compose.ts';
import { withOwnEnvironment } from '../../../src/plan/containers/own-environment.ts';
import { readCompose } from '../../../src/spec/compose/index.ts';

const STACK = new URL('../../../stack', import.meta.url).pathname;
const [plain] = (await readCompose(STACK, [], {})).services;

function service(name: string, changes: Partial<ComposeService>): ComposeService {
  if (!plain) throw new Error('the stack has no service');
  return { ...plain, name, command: null, healthcheck: null, environment: {}, ...changes };
}

describe('secrets in the environment of services', () => {
  const SECRET = 'c0rrect-horse';
  const made = withOwnEnvironment([
    service('postgres', {
      environment: { POSTGRES_PASSWORD: SECRET, POSTGRES_USER: 'postgres', POSTGRES_DB: 'app' },
      healthcheck: {
        test: ['CMD-SHELL', `PGPASSWORD=${SECRET} pg_isready`],
        intervalMs: 1,
        timeoutMs: 1,
        retries: 1,
        startPeriodMs: 0,
      },
    }),
    service('exporter', {
      environment: { DATA_SOURCE_NAME: `postgresql://postgres:${SECRET}@postgres:5432/app` },
    }),
    service('app', {
      environment: {
        DSN: `host=postgres user=postgres password=${SECRET} dbname=app`,
        MYSQL_DSN: `root:${SECRET}@(mysql:3306)/app`,
        GF_SECURITY_ADMIN_PASSWORD__FILE: '/run/secrets/admin',
        EMPTY_PASSWORD: '',
        MYSQL_RANDOM_ROOT_PASSWORD: 'yes',
        ALLOW_EMPTY_PASSWORD: 'True',
        LOG_LEVEL: 'info',
      },
    }),
    service('redis', { command: ['redis-server', '--requirepass', SECRET] }),
    service('shell', { command: ['sh', '-c', 'PGPASSWORD=$POSTGRES_PASSWORD psql'] }),
  ]);

  it('are nowhere in what a run is planned from', () =>
    expect(JSON.stringify(made)).not.toContain(SECRET));

  it('are one word for one secret, so that whoever logs in still does', () => {
    const [postgres, exporter, app, redis] = made;
    const word = postgres?.environment['POSTGRES_PASSWORD'] ?? '';
    expect(word).not.toBe('');
    expect(exporter?.environment).toEqual({
      DATA_SOURCE_NAME: `postgresql://postgres:${word}@postgres:5432/app`,
    });
    expect(app?.environment).toMatchObject({
      DSN: `host=postgres user=postgres password=${word} dbname=app`,
      MYSQL_DSN: `root:${word}@(mysql:3306)/app`,
    });
    expect(redis?.command).toEqual(['redis-server', '--requirepass', word]);
    expect(postgres?.healthcheck?.test).toEqual(['CMD-SHELL', `PGPASSWORD=${word} pg_isready`]);
  });

  it('leave all else as it is', () => {
    expect(made[0]?.environment).toMatchObject({ POSTGRES_USER: 'postgres', POSTGRES_DB: 'app' });
    expect(made[4]?.command).toEqual(['sh', '-c', 'PGPASSWORD=$POSTGRES_PASSWORD psql']);
    expect(made[2]?.environment).toMatchObject({
      GF_SECURITY_ADMIN_PASSWORD__FILE: '/run/secrets/admin',
      EMPTY_PASSWORD: '',
      MYSQL_RANDOM_ROOT_PASSWORD: 'yes',
      ALLOW_EMPTY_PASSWORD: 'True',
      LOG_LEVEL: 'info',
    });
  });

  it('that are short are put otherwise where they are one, and nowhere else', () =>
    expect(
      withOwnEnvironment([
        service('grafana', {
          environment: { GF_SECURITY_ADMIN_USER: 'admin', GF_SECURITY_ADMIN_PASSWORD: 'admin' },
          command: ['--role', 'admin'],
        }),
      ])[0],
    ).toMatchObject({
      environment: { GF_SECURITY_ADMIN_USER: 'admin', GF_SECURITY_ADMIN_PASSWORD: 'stand-in-1' },
      command: ['--role', 'admin'],
    }));
});

it("GT-Vision's own services have none, and are taken as they are", async () => {
  const { services } = await readCompose(STACK, [], {});
  expect(withOwnEnvironment(services)).toEqual(services);
});
