import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { dashboardTexts } from '../../support/grafana.ts';
import { typeErrors } from '../../support/typed.ts';

// Grafana publishes its schema on npm as types alone. The compiler compares a file's text with
// them, key by key.
const TYPE = {
  module: join(fileURLToPath(new URL('../../support/', import.meta.url)), 'grafana-types.ts'),
  type: 'DashboardFile',
};

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
  const errors = typeErrors(
    [...files, ...Object.entries(slips).map(([name, slipped]) => ({ name, text: slipped }))].map(
      (file) => ({ ...file, ...TYPE }),
    ),
  );
  for (const { name } of files) expect(errors[name], name).toEqual([]);
  for (const name of Object.keys(slips)) expect(errors[name]?.length, name).toBeGreaterThan(0);
}, 60_000);
