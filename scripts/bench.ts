import { parseArgs } from 'node:util';
import { benchCounts } from './bench/counts.ts';
import { benchInstrumentation } from './bench/instrumentation.ts';
import { benchReport } from './bench/report.ts';
import { benchBusy, benchCold, benchWarm } from './bench/verifies.ts';

// Measures what the project promises of its own speed and exactness, and prints the figures beside the limits.
const { values } = parseArgs({ options: { busy: { type: 'string' }, cold: { type: 'boolean' }, counts: { type: 'string' }, instrumentation: { type: 'boolean' }, report: { type: 'string' }, 'real-time': { type: 'boolean' }, help: { type: 'boolean' } } });
if (values.help) {
  process.stdout.write(`Without options: one whole verify, and judging it again.

  --cold             first with an empty cache
  --busy N           N more verifies while another process keeps one core busy
  --counts N         only: N requests in Prometheus against k6's count, and the same interrupted on purpose
  --report RUN       only: writing report.html of a stored run, its size, and opening it in Chromium
    --real-time      with as much evidence as the same run leaves in real time
  --instrumentation  only: what counting costs a service, in turns with one that doesn't count
`);
} else if (values.counts !== undefined) await benchCounts(Number(values.counts));
else if (values.report !== undefined) await benchReport(values.report, values['real-time'] ?? false);
else if (values.instrumentation) await benchInstrumentation();
else {
  if (values.cold) await benchCold();
  await benchWarm();
  if (values.busy !== undefined) await benchBusy(Number(values.busy));
}
