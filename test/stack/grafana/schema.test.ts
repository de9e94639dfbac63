import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { dashboardTexts } from '../../support/grafana.ts';

// Grafana publishes its schema on npm as types alone. The compiler compares a file's text with them, key by key.
const SUPPORT = fileURLToPath(new URL('../../support/', import.meta.url));
const OPTIONS: ts.CompilerOptions = { strict: true, exactOptionalPropertyTypes: true, noEmit: true, skipLibCheck: true, target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, allowImportingTsExtensions: true, types: [] };

/** What is wrong with each text, by name. */
function typeErrors(texts: { name: string; text: string }[]): Record<string, string[]> {
  const sources = new Map(texts.map(({ name, text }) => [join(SUPPORT, `${name}.checked.ts`), `import type { DashboardFile } from './grafana-types.ts';\nexport const file: DashboardFile = ${text};\n`]));
  const host = ts.createCompilerHost(OPTIONS);
  const [getSourceFile, fileExists] = [host.getSourceFile.bind(host), host.fileExists.bind(host)];
  host.fileExists = (path) => sources.has(path) || fileExists(path);
  host.getSourceFile = (path, languageVersion, ...rest) => {
    const own = sources.get(path);
    return own === undefined ? getSourceFile(path, languageVersion, ...rest) : ts.createSourceFile(path, own, languageVersion);
  };
  const program = ts.createProgram([...sources.keys()], OPTIONS, host);
  return Object.fromEntries([...sources.keys()].map((path, i) => [texts[i]?.name ?? '', program.getSemanticDiagnostics(program.getSourceFile(path)).map((d) => ts.flattenDiagnosticMessageText(d.messageText, '\n'))]));
}

it("every file fits Grafana's published types, and a slip in any depth would be noticed", () => {
  const files = dashboardTexts();
  const text = files.find((f) => f.name === 'application-metrics.json')?.text ?? '';
  const slips = {
    'unknown-option': text.replace('"lineWidth"', '"lineWidht"'),
    'unknown-value': text.replace('"drawStyle": "line"', '"drawStyle": "lines"'),
    'wrong-type': text.replace('"schemaVersion": 42', '"schemaVersion": "42"'),
    'unknown-query-key': text.replace('"legendFormat"', '"legend"'),
    'missing-options': text.replace('"reduceOptions"', '"reduceOption"'),
    'angular-panel': text.replace('"type": "timeseries"', '"type": "graph"'),
  };
  const errors = typeErrors([...files, ...Object.entries(slips).map(([name, slipped]) => ({ name, text: slipped }))]);
  for (const { name } of files) expect(errors[name], name).toEqual([]);
  for (const name of Object.keys(slips)) expect(errors[name]?.length, name).toBeGreaterThan(0);
}, 60_000);
