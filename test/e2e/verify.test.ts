import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { VERIFY_MS, reportOf, startCli, verify } from '../support/cli.ts';
import { aboutOf, ofKind, wordsOf } from '../support/expectations.ts';
import { subjectName } from '../../src/model/expectation.ts';

/** Ports that the stack uses by name; somebody on this machine has them already. */
const OCCUPIED = [9090, 9093, 8000, 5432];

it(
  'GT-Vision keeps its promises: the whole verify on the real components, its ports occupied outside, and the same verdicts when judged again',
  { timeout: VERIFY_MS },
  async () => {
    const occupants = OCCUPIED.map((port) =>
      createServer()
        .on('error', () => undefined)
        .listen(port, '0.0.0.0'),
    );
    onTestFinished(() => occupants.forEach((server) => void server.close()));
    const { exitCode, output, runDir, report } = await verify([]);
    expect(
      report.verdicts.filter((v) => v.outcome !== 'pass'),
      output,
    ).toEqual([]);
    expect(exitCode).toBe(0);
    for (const alert of [
      'HighCPUUsage',
      'HighMemoryUsage',
      'LowDiskSpace',
      'HighErrorRate',
      'SlowResponseTime',
      'NoActiveStreams',
      'HighCameraOfflineRate',
      'RecordingFailures',
      'PostgresConnectionsHigh',
      'RedisHitRateLow',
      'RabbitMQBacklog',
      'MinioStorageHigh',
    ]) {
      const own = report.verdicts.filter((v) => aboutOf(v) === alert).map(wordsOf);
      for (const wanted of [
        'quiet below limit',
        'blip: pending, never firing',
        'fires on time',
        'slack told',
        'text, labels and severity',
        'resolves in time',
        'slack told of the end',
        'nothing unexpected',
      ])
        expect(own, alert).toContain(wanted);
    }
    expect(
      ofKind(report.verdicts, 'fires-on-time').filter(
        (v) => subjectName(v.expectation.subject) === 'ServiceDown',
      ).length,
    ).toBe(10);
    expect(ofKind(report.verdicts, 'follower-inhibited').length).toBe(4);
    expect(ofKind(report.verdicts, 'told-by-silence').length).toBe(2);

    expect(ofKind(report.verdicts, 'exported').length).toBe(41);
    expect(ofKind(report.verdicts, 'equals-counts').length).toBe(8);
    expect(ofKind(report.verdicts, 'has-data').length).toBe(45);

    expect(readFileSync(join(runDir, 'junit.xml'), 'utf8')).toContain(
      '<testsuite name="HighErrorRate"',
    );
    // Prometheus's blocks are kept; neither secrets nor scratch stay behind. Other worlds
    // stand beside the run's own.
    expect(
      readdirSync(runDir)
        .filter((name) => name !== 'worlds')
        .sort(),
    ).toEqual([
      'blocks',
      'check.json',
      'command.json',
      'etc',
      'evidence.json',
      'junit.xml',
      'logs',
      'plan.json',
      'report.html',
      'report.json',
    ]);
    expect(existsSync(join(runDir, 'etc', 'alertmanager', 'secrets', 'smtp_password'))).toBe(false);

    const again = await startCli(['judge', runDir]);
    expect(again.exitCode).toBe(0);
    expect(reportOf(runDir)).toEqual(report);
  },
);
