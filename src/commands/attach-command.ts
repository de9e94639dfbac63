import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import type { CredentialSources } from '../attach/client/credentials.ts';
import { parseDurationMs } from '../lib/duration.ts';
import type { AttachCommandOptions } from './attach.ts';
import { terminalOutput } from './output.ts';

interface Asked extends CredentialSources {
  alertmanager?: string;
  grafana?: string;
  stack?: string;
  last: number;
  timeout: number;
  dryRun?: true;
  format: 'text' | 'json';
  quiet?: true;
  verbose?: true;
}

/** `attach URL`: judges a running system by reading alone. */
export function addAttachCommand(program: Command, stop: AbortSignal): void {
  program
    .command('attach')
    .description('judge a running Prometheus (Alertmanager, Grafana), reading only')
    .argument('<url>', "Prometheus's address")
    .option('--alertmanager <url>', "Alertmanager's address: whom each alert is told")
    .option('--grafana <url>', "Grafana's address: its dashboards")
    .option('--stack <dir>', 'the folder that it should be made of: rules, dashboards, contract')
    .addOption(duration('--last <duration>', 'how far back alerts are looked at; 0s: not', '7d'))
    .addOption(
      duration('--timeout <duration>', 'the most that one question may take', '10s').argParser(
        limit,
      ),
    )
    .option('--dry-run', 'list what would be asked, and send nothing')
    .addOption(
      new Option('--format <form>', 'how the findings are written')
        .choices(['text', 'json'])
        .default('text'),
    )
    .option('--bearer-token-file <file>', 'a token for every request (or GTV_BEARER_TOKEN)')
    .option('--user <name>', 'basic authentication')
    .option('--password-file <file>', "the user's password (or GTV_PASSWORD)")
    .option('--ca-file <file>', 'who signed the certificates of the other side')
    .option('--cert-file <file>', 'a client certificate')
    .option('--key-file <file>', 'its key')
    .option('--quiet', 'no progress')
    .option('--verbose', 'every finding, not the first few of each kind')
    .addHelpText(
      'after',
      '\nExamples:\n  npm run attach -- http://127.0.0.1:9090\n  npm run attach -- ' +
        'http://127.0.0.1:9090 --alertmanager http://127.0.0.1:9093 --stack ../stack\n  npm run ' +
        'attach -- https://prometheus.example --bearer-token-file token --dry-run',
    )
    .action(async (url: string, asked: Asked) => {
      const { attachCommand } = await import('./attach.ts');
      process.exitCode = await attachCommand(
        optionsOf(url, asked),
        terminalOutput(asked.quiet ?? false),
        stop,
      );
    });
}

function optionsOf(url: string, asked: Asked): AttachCommandOptions {
  const { last, timeout, dryRun, alertmanager, grafana, stack, format, quiet, verbose, ...rest } =
    asked;
  void quiet;
  return {
    url,
    ...(alertmanager === undefined ? {} : { alertmanager }),
    ...(grafana === undefined ? {} : { grafana }),
    ...(stack === undefined ? {} : { stack }),
    lastMs: last,
    timeoutMs: timeout,
    dryRun: dryRun ?? false,
    format,
    verbose: verbose ?? false,
    credentials: rest,
  };
}

function duration(flags: string, description: string, fallback: string): Option {
  return new Option(flags, description)
    .argParser(msOf)
    .default(parseDurationMs(fallback), fallback);
}

function msOf(text: string): number {
  const ms = parseDurationMs(text);
  if (ms === undefined) throw new InvalidArgumentError('Expected a duration such as 30s or 7d.');
  return ms;
}

/** Longer ones overflow Node's timers, which then end at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

function limit(text: string): number {
  const ms = msOf(text);
  if (ms === 0 || ms > LONGEST_TIMER_MS)
    throw new InvalidArgumentError('Expected a duration above 0s, of at most 24d20h.');
  return ms;
}
