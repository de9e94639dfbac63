import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { checkStack } from '../../src/check/index.ts';
import type { CheckFinding, CheckResult } from '../../src/model/check.ts';
import { checkGithub } from '../../src/report/check/github.ts';
import { checkJson } from '../../src/report/check/json.ts';
import { checkSarif } from '../../src/report/check/sarif.ts';
import { checkText } from '../../src/report/check/text.ts';
import { CASES, optionsFor, stackOf } from './support.ts';

type Validate = ((value: unknown) => boolean) & { errors?: unknown };
interface Ajv {
  addMetaSchema: (schema: unknown) => void;
  compile: (schema: unknown) => Validate;
}

/**
 * The published schema of SARIF 2.1.0 with the validator of its draft, both as the package brings
 * them.
 */
function sarifValidator(): Validate {
  const here = createRequire(import.meta.url);
  const within = createRequire(here.resolve('@microsoft/jest-sarif'));
  const Ajv = within('ajv') as new (options: object) => Ajv;
  const ajv = new Ajv({ schemaId: 'auto', validateSchema: false, allErrors: true });
  ajv.addMetaSchema(within('ajv/lib/refs/json-schema-draft-04.json'));
  return ajv.compile(within('./schemas/sarif-2.1.0-rtm.5.json'));
}

/** One finding of every kind that the cases know, with what hurts in reports. */
const findings: CheckFinding[] = [
  ...Object.values(CASES).flatMap((cases) => {
    const [one] = cases;
    const files = one ? stackOf(one, 'wrong') : [];
    return checkStack(files, optionsFor(files, one)).findings;
  }),
  {
    rule: 'promql/syntax',
    level: 'warning',
    file: 'a b/ü#?,:%.yml',
    line: 3,
    column: 2,
    endLine: 4,
    endColumn: 1,
    title: '100% of, a: b\r\nc',
    why: 'x\u001b[31m',
    mend: '::error::y',
    subject: 'alert \u0007x',
  },
];
const PLACES = { prefix: '', root: 'file:///repository/', pages: 'https://example.org/checks/' };
const result: CheckResult = { ...checkStack([]), findings };

describe('SARIF', () => {
  it('keeps to the published schema', () => {
    const validate = sarifValidator();
    expect(
      validate(JSON.parse(checkSarif(result, { ...PLACES, prefix: 'my stack/' }))),
      JSON.stringify(validate.errors),
    ).toBe(true);
    expect(
      validate(JSON.parse(checkSarif(checkStack([]), PLACES))),
      JSON.stringify(validate.errors),
    ).toBe(true);
    // The validator does refuse.
    expect(validate({ version: '2.1.0', runs: [{ tool: {} }] })).toBe(false);
  });

  it('has each finding once, with its rule and its place', () => {
    const log = JSON.parse(checkSarif(result, PLACES)) as {
      runs: {
        results: {
          ruleId: string;
          ruleIndex: number;
          partialFingerprints?: Record<string, string>;
          locations: {
            physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } };
          }[];
        }[];
        tool: { driver: { rules: { id: string; helpUri: string }[] } };
      }[];
    };
    const [run] = log.runs;
    expect(run?.results.map((r) => r.ruleId)).toEqual(findings.map((f) => f.rule));
    const pages = new Set(readdirSync(new URL('../../docs/checks', import.meta.url)));
    for (const { helpUri } of run?.tool.driver.rules ?? [])
      expect(pages).toContain(helpUri.replace(PLACES.pages, ''));
    const prints = run?.results.flatMap((r) => r.partialFingerprints?.['gtvCheck/v1'] ?? []) ?? [];
    expect(prints).toHaveLength(findings.length - 1);
    for (const r of run?.results ?? [])
      expect(run?.tool.driver.rules[r.ruleIndex]?.id).toBe(r.ruleId);
    expect(run?.results.at(-1)?.locations[0]?.physicalLocation.artifactLocation.uri).toBe(
      'a%20b/%C3%BC%23%3F,:%25.yml',
    );
  });
});

describe("GitHub's annotations", () => {
  const lines = checkGithub(result, 'stack/').split('\n');

  it('each finding is one line that GitHub takes for a command', () => {
    expect(lines).toHaveLength(findings.length);
    for (const line of lines)
      expect(line).toMatch(
        /^::(error|warning|notice) file=[^,:]+,line=\d+,endLine=\d+,col=\d+(,endColumn=\d+)?,title=[^,:]+::[^\r\n]+$/,
      );
  });

  it('what would end a property or a line is escaped, and comes back as it was', () => {
    const last = lines.at(-1) ?? '';
    const unescaped = (text: string): string =>
      text
        .replaceAll('%2C', ',')
        .replaceAll('%3A', ':')
        .replaceAll('%0A', '\n')
        .replaceAll('%0D', '\r')
        .replaceAll('%25', '%');
    expect(unescaped(/file=([^,]+)/.exec(last)?.[1] ?? '')).toBe('stack/a b/ü#?,:%.yml');
    expect(unescaped(/title=([^:]+)::/.exec(last)?.[1] ?? '')).toBe(
      '100% of, a: b c [promql/syntax]',
    );
    expect(last.endsWith('::x%0A::error::y')).toBe(true);
  });
});

it('JSON tells each finding with its place, and counts by level', () => {
  const json = JSON.parse(checkJson(result, 'stack')) as {
    counts: Record<string, number>;
    findings: { rule: string; line: number }[];
  };
  expect(json.findings).toHaveLength(findings.length);
  expect(Object.values(json.counts).reduce((a, b) => a + b)).toBe(findings.length);
});

it('text tells place, what, why and how to mend, without what could reach the terminal', () => {
  const text = checkText(result, { color: false, width: 100, dir: 'stack', verbose: true });
  for (const f of findings) expect(text).toContain(`[${f.rule}]`);
  expect(text).toContain('stack/a b/ü#?,:%.yml:3:2');
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
});

it('in a narrow terminal what a place is of has a line of its own', () => {
  const [first] = findings;
  if (!first) throw new Error('there are no findings');
  const named = {
    ...first,
    file: 'prometheus/alerts.yml',
    line: 7,
    column: 9,
    subject: 'alert CamerasLost',
  };
  const lines = (width: number): string[] =>
    checkText({ ...result, findings: [named] }, { color: false, width, dir: 'stack' }).split('\n');
  expect(lines(60)[0]).toBe('stack/prometheus/alerts.yml:7:9  alert CamerasLost');
  expect(lines(48).slice(0, 2)).toEqual(['stack/prometheus/alerts.yml:7:9', '  alert CamerasLost']);
});

it('the last lines keep within a narrow terminal, too', () => {
  const unread = [{ file: 'charts/api/templates/rules.yaml', reason: 'helm-template' as const }];
  const text = checkText(
    { ...result, findings: [], unread, baseline: { left: 12, gone: 3 } },
    { color: false, width: 60, dir: 'stack' },
  );
  expect(text.split('\n').filter((line) => line.length > 60)).toEqual([]);
  expect(text.replace(/\s+/g, ' ')).toContain(
    "not read: 1 template of Helm's (render them first: helm template): charts/api/templates/rules.yaml",
  );
});
