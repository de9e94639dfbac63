import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { homeWith } from '../../../src/technologies/rabbitmq/home.ts';

/** What each plugin says that it needs. */
const DELIVERED: Record<string, string> = {
  'rabbit-3.10.8': 'kernel,stdlib,rabbit_common,\n   ra',
  'rabbit_common-3.10.8': "kernel,'recon'",
  'ra-2.2.0': 'kernel',
  'recon-2.5.2': 'kernel',
  'rabbitmq_prelaunch-3.10.8': 'kernel',
  'rabbitmq_prometheus-3.10.8': 'kernel,rabbit,cowboy',
  'cowboy-2.8.0': 'crypto,cowlib',
  'cowlib-2.9.1': 'crypto',
  'rabbitmq_mqtt-3.10.8': 'rabbit,cowboy,gun',
  'gun-1.3.3': 'cowlib',
};

describe('a home of RabbitMQ', () => {
  let dir = '';
  let server = '';

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'rabbitmq-home-'));
    server = join(dir, 'rabbitmq_server-3.10.8');
    for (const name of ['sbin', 'escript']) mkdirSync(join(server, name), { recursive: true });
    for (const [folder, needed] of Object.entries(DELIVERED)) {
      const name = folder.replace(/-[^-]*$/, '');
      mkdirSync(join(server, 'plugins', folder, 'ebin'), { recursive: true });
      writeFileSync(
        join(server, 'plugins', folder, 'ebin', `${name}.app`),
        `{application, '${name}', [\n  {modules, [${name}]},\n  {applications, [${needed}]}]}.\n`,
      );
    }
    writeFileSync(join(server, 'plugins', 'README'), 'words');
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('has the plugin that is wanted with what it needs, the broker with what that needs, nothing else', () => {
    const home = join(dir, 'home');
    homeWith(server, home, ['rabbitmq_prometheus']);
    expect(readdirSync(join(home, 'plugins')).sort()).toEqual([
      'cowboy-2.8.0',
      'cowlib-2.9.1',
      'ra-2.2.0',
      'rabbit-3.10.8',
      'rabbit_common-3.10.8',
      'rabbitmq_prelaunch-3.10.8',
      'rabbitmq_prometheus-3.10.8',
      'recon-2.5.2',
    ]);
    expect(readlinkSync(join(home, 'plugins', 'ra-2.2.0'))).toBe(
      join(server, 'plugins', 'ra-2.2.0'),
    );
    expect(readlinkSync(join(home, 'sbin'))).toBe(join(server, 'sbin'));
  });

  it('has a second plugin too where two are wanted', () => {
    const home = join(dir, 'home');
    homeWith(server, home, ['rabbitmq_prometheus', 'rabbitmq_mqtt']);
    const plugins = readdirSync(join(home, 'plugins'));
    expect(plugins).toContain('rabbitmq_mqtt-3.10.8');
    expect(plugins).toContain('gun-1.3.3');
  });

  it('has all that is delivered where one of them is an archive, which doesn’t tell what it needs', () => {
    const plugins = join(server, 'plugins');
    rmSync(join(plugins, 'ra-2.2.0'), { recursive: true });
    writeFileSync(join(plugins, 'ra-2.2.0.ez'), 'PK');
    const home = join(dir, 'home');
    homeWith(server, home, ['rabbitmq_prometheus']);
    expect(readdirSync(join(home, 'plugins')).sort()).toEqual(readdirSync(plugins).sort());
  });

  it('leaves a plugin that isn’t delivered to RabbitMQ, which names it', () => {
    const home = join(dir, 'home');
    homeWith(server, home, ['rabbitmq_nothing']);
    expect(readdirSync(join(home, 'plugins'))).toContain('rabbit-3.10.8');
  });
});
