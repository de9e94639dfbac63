import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/lib/errors.ts';
import type { Compose } from '../../../src/model/compose.ts';
import type { ContainerPlan, ContainersPlan } from '../../../src/model/containers.ts';
import { containersOf, withFlags } from '../../../src/plan/containers/index.ts';
import { makePlan } from '../../../src/plan/index.ts';
import { selectionOf } from '../../../src/plan/selection.ts';
import { readCompose } from '../../../src/spec/compose/index.ts';
import { readSpec } from '../../../src/spec/index.ts';

const STACK = new URL('../../../stack', import.meta.url).pathname;
const spec = await readSpec(STACK);
const plan = makePlan(spec, 'stack', 60);
const compose = await readCompose(STACK, spec.contract.jobs, {});
const containers = containersOf(compose, plan);
const of = (service: string, all: ContainersPlan = containers): ContainerPlan =>
  all.containers.find((c) => c.service === service) ?? expect.fail(`no ${service}`);
const fileOf = (service: string, path: string): string =>
  of(service).files.find((f) => f.path === path)?.text ?? expect.fail(`${service} has no ${path}`);

describe('the containers of a run', () => {
  it('are the services of the compose file, each job with the one that it scrapes', () => {
    expect(containers.containers.map((c) => c.service)).toEqual(
      compose.services.map((s) => s.name),
    );
    expect(
      Object.fromEntries(
        containers.containers.flatMap((c) => (c.job === null ? [] : [[c.job, c.service]])),
      ),
    ).toMatchObject({
      postgres: 'postgres-exporter',
      redis: 'redis-exporter',
      node: 'node-exporter',
      rabbitmq: 'rabbitmq',
      backend: 'backend',
    });
    expect(containers.containers.filter((c) => c.job === null).map((c) => c.service)).toEqual([
      'grafana',
      'postgres',
      'redis',
    ]);
  });

  it('get the sped-up files where the compose file mounts them', () => {
    expect(fileOf('prometheus', '/etc/prometheus/prometheus.yml')).toContain(
      'scrape_interval: 250ms',
    );
    expect(fileOf('prometheus', '/etc/prometheus/alerts/application.yml')).toContain('for: 5s');
    expect(fileOf('alertmanager', '/etc/alertmanager/alertmanager.yml')).toContain(
      'group_wait: 500ms',
    );
    expect(fileOf('rabbitmq', '/etc/rabbitmq/enabled_plugins')).toBe('[rabbitmq_prometheus].\n');
    expect(of('alertmanager').files.some((f) => f.path.includes('/secrets/'))).toBe(false);
  });

  it("keep production's command, with what a run changes about it", () => {
    expect(of('prometheus').command).toEqual(
      expect.arrayContaining([
        '--config.file=/etc/prometheus/prometheus.yml',
        '--storage.tsdb.path=/prometheus',
        '--query.lookback-delta=5000ms',
      ]),
    );
    expect(of('postgres').command).toEqual([
      'postgres',
      '-c',
      'max_connections=200',
      '-c',
      'fsync=off',
      '-c',
      'autovacuum=off',
      '-c',
      'jit=off',
      '-c',
      'full_page_writes=off',
      '-c',
      'shared_buffers=16MB',
      '-c',
      'max_connections=50',
    ]);
    expect(of('redis').command).toEqual(['redis-server', '--save', '60', '1000', '--dir', '/data']);
  });

  it('see a host made of files instead of the real one', () => {
    expect(of('node-exporter').volumes).toEqual([
      { name: 'synthetic-host', target: '/host', readOnly: false },
      { name: 'synthetic-disk', target: '/host/root/var/lib/gtvision', readOnly: true },
      { name: 'synthetic-decoy', target: '/host/root/run', readOnly: true },
    ]);
    expect(of('node-exporter').command).toEqual(
      expect.arrayContaining([
        '--path.procfs=/host/proc',
        '--collector.disable-defaults',
        '--no-collector.netdev.netlink',
      ]),
    );
    expect(containers.volumes.filter((v) => v.memoryBytes !== null).map((v) => v.name)).toEqual([
      'synthetic-disk',
      'synthetic-decoy',
    ]);
  });

  it('have secrets of their own, and clients that know them', () => {
    expect(of('rabbitmq').secrets).toEqual([
      {
        name: 'rabbitmq_login',
        path: '/etc/rabbitmq/conf.d/20-login.conf',
        form: 'rabbitmq-login',
      },
    ]);
    expect(containers.logins).toEqual({
      grafana: { user: 'admin', secret: 'grafana_admin_password' },
      postgres: { user: 'postgres', secret: 'postgres_password' },
      rabbitmq: { user: 'gtvision', secret: 'rabbitmq_login' },
    });
  });

  it('stand-ins take the place of what isn’t here, without what belongs to the real ones', () => {
    expect(of('minio')).toMatchObject({
      image: 'gtvision/fake-minio:0.1.0',
      command: null,
      secrets: [],
      volumes: [],
      healthcheck: null,
      environment: { CAPACITY_MIB: '16' },
    });
    expect(containers.standIns.map((s) => s.service)).toEqual(['minio', 'mediamtx']);
  });

  it('where its image is there, the real program runs instead of its stand-in', () => {
    const all = containersOf(compose, plan, (image) => image.startsWith('bluenviron/'));
    expect(of('mediamtx', all)).toMatchObject({
      ...{ job: 'mediamtx', image: 'bluenviron/mediamtx:1.15.1', built: false },
      environment: { MTX_METRICSADDRESS: ':9998' },
    });
    expect(all.standIns.map((s) => s.service)).toEqual(['minio']);
    expect(all.originals).toEqual([]);
    expect(containers.standIns.find((s) => s.service === 'mediamtx')?.why).toBe(
      "bluenviron/mediamtx:1.15.1 isn't here",
    );
  });

  it('where something can be done to the stand-in alone, the real program runs beside it', () => {
    const all = containersOf(compose, plan, (image) => image.startsWith('minio/'));
    expect(of('minio', all)).toEqual(of('minio'));
    expect(all.originals).toEqual([{ service: 'real-minio', job: 'minio' }]);
    expect(of('real-minio', all)).toMatchObject({
      ...{ job: null, command: ['server', '/data'], ports: [], dependsOn: [] },
      environment: { MINIO_PROMETHEUS_AUTH_TYPE: 'public', MINIO_SCANNER_SPEED: 'fastest' },
      secrets: [{ name: 'minio_user' }, { name: 'minio_password' }],
      healthcheck: { test: ['mc', 'ready', 'local'] },
    });
    expect(of('real-minio', all).environment).not.toHaveProperty('CAPACITY_MIB');
    expect(all.volumes.find((v) => v.name === 'minio-data')?.memoryBytes).toBe(64 * 1024 * 1024);
    expect(all.logins['object-storage']).toEqual({
      user: { secret: 'minio_user' },
      secret: 'minio_password',
    });
    expect(all.standIns[0]?.why).toMatch(/; minio\/minio:\S+ runs beside it as real-minio$/);
  });

  it('a real program beside its stand-in that nothing is judged of is left out', () => {
    const selection = selectionOf(spec, ['alert/ServiceDown/minio']);
    const part = makePlan(spec, 'stack', 60, selection);
    const all = containersOf(compose, part, () => true);
    expect(all.originals).toEqual([]);
    expect(all.containers.map((c) => c.service)).toEqual(compose.services.map((s) => s.name));
  });

  it('never mount anything of the host', () => {
    const other: Compose = {
      ...compose,
      services: compose.services.map((s) =>
        s.name === 'redis'
          ? { ...s, mounts: [{ kind: 'host', path: '/etc', target: '/x', readOnly: true }] }
          : s,
      ),
    };
    expect(() => containersOf(other, plan)).toThrow(InputError);
    expect(() => containersOf(other, plan)).toThrow(
      /compose\.yaml:\d+:\d+: redis mounts \/etc of the host/,
    );
  });
});

describe('flags', () => {
  it('replace those of the same name, and leave the rest as it is', () => {
    expect(withFlags(['--a=1', 'word', '--b', '--c=3'], ['--c=4', '--d=5'])).toEqual([
      '--a=1',
      'word',
      '--b',
      '--c=4',
      '--d=5',
    ]);
  });
});
