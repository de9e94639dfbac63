import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import {
  capacityJsonSchema,
  contractJsonSchema,
  reportJsonSchema,
  schemaFiles,
  wholeContractJsonSchema,
} from '../../scripts/schemas/files.ts';
import { capacitySchema } from '../../src/model/capacity-schema.ts';
import { FINDING_IDS } from '../../src/model/finding.ts';
import { reportJson } from '../../src/report/json.ts';
import { capacityOf, found, processUse, result, step } from '../capacity/samples.ts';
import { failed, interrupted, judgement, passed } from '../report/samples.ts';
import { PROJECT } from '../support/cases.ts';

const read = (path: string): string => readFileSync(join(PROJECT, path), 'utf8');
const CONTRACT = read('stack/contract.yaml');
const ajv = new Ajv({ allErrors: true, strictTypes: false, formats: { regex: isRegex } });
const contract = ajv.compile(contractJsonSchema());
const report = ajv.compile(reportJsonSchema());

function isRegex(text: string): boolean {
  try {
    return new RegExp(text).source !== '';
  } catch {
    return false;
  }
}

/** Places that a schema finds wrong, each with the rule. */
function complaints(validate: ValidateFunction, value: unknown): string[] {
  return validate(value)
    ? []
    : (validate.errors ?? []).map((e) => `${e.instancePath} ${e.keyword}`);
}

/** GT-Vision's contract with one text replaced, which must be there. */
function changed(from: string, to: string): unknown {
  expect(CONTRACT).toContain(from);
  return parse(CONTRACT.replace(from, () => to));
}

it.each(schemaFiles())('$path is what the code says (else: npm run schemas)', ({ path, text }) => {
  expect(read(path)).toBe(text);
});

describe('contract.schema.json', () => {
  it("holds for GT-Vision's own contract, which names it", () => {
    expect(complaints(contract, parse(CONTRACT))).toEqual([]);
    expect(CONTRACT.split('\n')[0]).toBe(
      '# yaml-language-server: $schema=../docs/schema/contract.schema.json',
    );
  });

  it('tells what every key means', () => {
    const silent: string[] = [];
    const walk = (
      node: { properties?: Record<string, object>; additionalProperties?: unknown },
      path: string,
    ): void => {
      for (const [key, value] of Object.entries(node.properties ?? {})) {
        if (!('description' in value)) silent.push(`${path}.${key}`);
        walk(value, `${path}.${key}`);
      }
      if (typeof node.additionalProperties === 'object' && node.additionalProperties)
        walk(node.additionalProperties, `${path}.*`);
    };
    walk(wholeContractJsonSchema(), '');
    expect(silent).toEqual([]);
  });

  it.each([
    [
      'a key that nobody knows',
      'follower: HighErrorRate',
      'folower: HighErrorRate',
      '/jobs/backend additionalProperties',
    ],
    [
      'half a sentence that YAML makes a key of',
      '"counts Prometheus\'s own alerts, each of which is proved by itself"',
      'counts alerts, each by itself',
      '/dashboards/System Overview/Alerts Firing additionalProperties',
    ],
    [
      'a component that nobody can start',
      'component: fake/backend',
      'component: fake/backnd',
      '/jobs/backend/component enum',
    ],
    ['a target without a port', '"backend:8000"', 'backend', '/jobs/backend/target pattern'],
    ['port 0', '"backend:8000"', '"backend:0"', '/jobs/backend/target pattern'],
    ['a duration with a blank', 'for: 5m', 'for: 5 m', '/alerts/HighCPUUsage/for pattern'],
    ['a duration without a unit', 'for: 5m', 'for: 5', '/alerts/HighCPUUsage/for const'],
    ['units in the wrong order', 'for: 5m', 'for: 5m1h', '/alerts/HighCPUUsage/for pattern'],
    [
      'a group that is always evaluated',
      'every: 30s',
      'every: 0s',
      '/alerts/HighCPUUsage/every pattern',
    ],
    ['the same as a number', 'every: 30s', 'every: 0', '/alerts/HighCPUUsage/every type'],
    [
      'a severity that nobody routes',
      'severity: warning',
      'severity: page',
      '/alerts/HighCPUUsage/severity enum',
    ],
    [
      'nobody who is told',
      'receivers: [slack]',
      'receivers: []',
      '/alerts/HighCPUUsage/receivers minItems',
    ],
    [
      'half a regular expression',
      '"CPU .*$instance"',
      '"CPU ("',
      '/alerts/HighCPUUsage/says/0 format',
    ],
    [
      'a level out of range',
      'near: 0.78',
      'near: 78',
      '/alerts/HighCPUUsage/stimulus/near maximum',
    ],
    ['half a camera', 'near: 20', 'near: 20.5', '/alerts/HighCameraOfflineRate/stimulus/near type'],
    ['a level that is missing', 'near: 0.78, ', '', '/alerts/HighCPUUsage/stimulus required'],
    [
      'a level of what has none',
      '{ kind: outage }',
      '{ kind: outage, near: 1 }',
      '/alerts/ServiceDown/stimulus/near false schema',
    ],
    ['requests of no service', 'service: backend, ', '', '/alerts/HighErrorRate/stimulus required'],
    [
      'a service without requests',
      '{ kind: host-cpu,',
      '{ kind: host-cpu, service: ai,',
      '/alerts/HighCPUUsage/stimulus/service false schema',
    ],
    [
      'a panel with reason and quantity',
      'shows: host.cpu_busy / (host.cpu_busy + host.cpu_idle) * 100',
      'shows: host.cpu_busy / (host.cpu_busy + host.cpu_idle) * 100, unproved: no',
      '/dashboards/System Overview/Highest CPU oneOf',
    ],
    [
      'a panel with neither',
      ', shows: host.cpu_busy / (host.cpu_busy + host.cpu_idle) * 100',
      '',
      '/dashboards/System Overview/CPU Usage % oneOf',
    ],
    [
      'a series that nobody knows',
      'B: host.network_sent',
      'B: host.network_lost',
      '/dashboards/System Overview/Network I~1O/shows/B pattern',
    ],
    ['another version', 'version: 1', 'version: 2', '/version const'],
  ])('refuses %s', (_name, from, to, complaint) => {
    expect(complaints(contract, changed(from, to))).toContain(complaint);
  });

  it.each([
    ['window: 0s', 'window: 0'],
    ['for: 5m', 'for: 1h30m'],
    ['for: 5m', 'for: 1d2h3m4s5ms'],
  ])('takes %s as %s', (from, to) => {
    expect(complaints(contract, changed(from, to))).toEqual([]);
  });
});

describe('report.schema.json', () => {
  it.each([
    ['passed', passed()],
    ['failed', failed()],
    ['interrupted', interrupted()],
    [
      'empty',
      judgement([], {
        interruption: 'the stack did not start',
        notJudged: [{ what: 'mail', why: 'no server' }],
      }),
    ],
  ])('holds for a report that %s', (_name, j) => {
    expect(complaints(report, JSON.parse(reportJson(j)))).toEqual([]);
  });

  it('knows every finding', () => {
    const verdict = failed().verdicts.find((v) => v.finding);
    for (const id of FINDING_IDS)
      expect(
        complaints(report, {
          ...failed(),
          verdicts: [{ ...verdict, finding: { ...verdict?.finding, id } }],
        }),
      ).toEqual([]);
  });

  it.each([
    ['a key that nobody knows', { ...failed(), more: 1 }, ' additionalProperties'],
    ['a key that is missing', { ...failed(), outcome: undefined }, ' required'],
    ['another version', { ...failed(), schemaVersion: 1 }, '/schemaVersion const'],
    ['an outcome that is none', { ...failed(), outcome: 'skipped' }, '/outcome enum'],
    [
      'a finding that nobody explains',
      {
        ...failed(),
        verdicts: [
          {
            ...failed().verdicts.find((v) => v.finding),
            finding: { ...failed().verdicts.find((v) => v.finding)?.finding, id: 'odd' },
          },
        ],
      },
      '/verdicts/0/finding/id enum',
    ],
    [
      'counts below 0',
      { ...failed(), counts: { pass: -1, fail: 0, inconclusive: 0 } },
      '/counts/pass minimum',
    ],
  ])('refuses %s', (_name, value, complaint) => {
    expect(complaints(report, JSON.parse(JSON.stringify(value)))).toContain(complaint);
  });
});

describe('capacity.schema.json', () => {
  const capacity = ajv.compile(capacityJsonSchema());
  const whole = capacityOf([
    result(found(3_000, 3_100, 2_900), {
      steps: [
        step(3_000),
        step(4_000, {
          parts: { backend: { latencyP95Seconds: 2, errorShare: 0 } },
          processes: [processUse('backend', 1)],
        }),
        step(9_000, { figures: { othersCpuShare: 0.9 } }),
      ],
    }),
  ]);

  it('holds for a result with every kind of step', () => {
    expect(complaints(capacity, JSON.parse(JSON.stringify(whole)))).toEqual([]);
    expect(capacitySchema.parse(JSON.parse(JSON.stringify(whole)))).toEqual(whole);
  });

  it.each([
    [
      'a figure that nobody knows',
      {
        ...whole,
        dimensions: [result(found(1), { steps: [step(1, { figures: { speed: 1 } as object })] })],
      },
    ],
    ['another version', { ...whole, schemaVersion: 1 }],
    ['a key that is missing', { ...whole, machine: undefined }],
  ])('refuses %s', (_name, value) => {
    expect(complaints(capacity, JSON.parse(JSON.stringify(value)))).not.toEqual([]);
  });
});
