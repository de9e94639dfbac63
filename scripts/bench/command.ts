import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import { maintenance } from '../maintenance.ts';
import { benchCounts } from './counts.ts';
import { benchInstrumentation } from './instrumentation.ts';
import { benchReport } from './report.ts';
import { benchBusy, benchCold, benchWarm } from './verifies.ts';

/** `npm run bench`, its options and what they do. */
export function benchCommand(): Command {
  return maintenance(
    'bench',
    'Measures what the project promises of its own speed and exactness, and prints the ' +
      'figures beside the limits. Without options: one whole verify, and judging it again.',
  )
    .option('--cold', 'first with an empty cache')
    .option('--busy <n>', 'n more verifies while another process keeps one core busy', atLeastOne)
    .option(
      '--counts <n>',
      "only: n requests in Prometheus against k6's count, and the same interrupted on purpose",
      atLeastOne,
    )
    .option(
      '--report <run>',
      'only: judging a stored run, writing its report.html, its size, and opening it in Chromium',
    )
    .option(
      '--real-time',
      'with --report: with as much evidence as the same run leaves in real time',
    )
    .option(
      '--instrumentation',
      "only: what counting costs a service, in turns with one that doesn't count",
    )
    .addHelpText(
      'after',
      '\nExamples:\n  npm run bench\n  npm run bench -- --busy 10\n  npm run bench -- --report runs/RUN --real-time',
    )
    .action(
      async (options: {
        cold?: true;
        busy?: number;
        counts?: number;
        report?: string;
        realTime?: true;
        instrumentation?: true;
      }) => {
        if (options.counts !== undefined) return benchCounts(options.counts);
        if (options.report !== undefined)
          return benchReport(options.report, options.realTime ?? false);
        if (options.instrumentation) return benchInstrumentation();
        if (options.cold) await benchCold();
        await benchWarm();
        if (options.busy !== undefined) await benchBusy(options.busy);
      },
    );
}

function atLeastOne(text: string): number {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 1)
    throw new InvalidArgumentError('Expected a whole number from 1.');
  return n;
}
