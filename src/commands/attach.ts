import { attach } from '../attach/index.ts';
import type { AttachOptions } from '../attach/index.ts';
import { createReader } from '../attach/client/index.ts';
import { readCredentials } from '../attach/client/credentials.ts';
import type { CredentialSources } from '../attach/client/credentials.ts';
import { plannedQuestions } from '../attach/planned.ts';
import { questionText } from '../attach/questions.ts';
import { createProgress } from '../lib/progress.ts';
import { liveExitCode } from '../model/attach.ts';
import type { LiveResult, Question } from '../model/attach.ts';
import { attachJson } from '../report/attach/json.ts';
import { attachText } from '../report/attach/text.ts';
import { addressOf } from './attach/address.ts';
import { filesOf } from './attach/files.ts';
import type { Output } from './output.ts';

export interface AttachCommandOptions {
  /** Prometheus's address. */
  url: string;
  alertmanager?: string;
  grafana?: string;
  /** The folder that the system should be made of. */
  stack?: string;
  /** How far back alerts are looked at, ms. */
  lastMs: number;
  timeoutMs: number;
  dryRun: boolean;
  format: 'text' | 'json';
  verbose: boolean;
  credentials: CredentialSources;
}

/**
 * `npm run attach`: judges a running system by reading alone.
 * @returns 0 nothing wrong (or advice only), 1 findings, 2 couldn't judge (or thrown)
 */
export async function attachCommand(
  options: AttachCommandOptions,
  output: Output,
  signal: AbortSignal,
): Promise<0 | 1 | 2> {
  const bases = {
    prometheus: addressOf('the address', options.url),
    ...(options.alertmanager === undefined
      ? {}
      : { alertmanager: addressOf('--alertmanager', options.alertmanager) }),
    ...(options.grafana === undefined ? {} : { grafana: addressOf('--grafana', options.grafana) }),
  };
  const files = options.stack === undefined ? undefined : await filesOf(options.stack);
  if (options.dryRun) {
    const { questions, later } = plannedQuestions(files, options.lastMs, options.timeoutMs);
    output.print([...questions.map(questionText), ...later].join('\n'));
    return 0;
  }
  const reader = createReader(bases, await readCredentials(options.credentials, process.env), {
    timeoutMs: options.timeoutMs,
    signal,
  });
  const progress = createProgress({ stream: output.stream, quiet: output.quiet });
  try {
    const asked: AttachOptions = {
      addresses: shown(bases),
      ...(files ? { files } : {}),
      lastMs: options.lastMs,
      timeoutMs: options.timeoutMs,
      nowMs: Date.now(),
      phase: progress.phase,
    };
    return conclude(await attach(reader, asked), options, output, progress.stop);
  } finally {
    progress.stop();
  }
}

function conclude(
  result: LiveResult,
  { format, verbose }: Pick<AttachCommandOptions, 'format' | 'verbose'>,
  output: Output,
  stopProgress: () => void,
): 0 | 1 | 2 {
  stopProgress();
  output.print(
    format === 'json'
      ? attachJson(result).trimEnd()
      : attachText(result, { color: output.color, width: output.width, verbose }),
  );
  return liveExitCode(result);
}

function shown(bases: Partial<Record<Question['of'], URL>>): AttachOptions['addresses'] {
  return Object.fromEntries(Object.entries(bases).map(([of, url]) => [of, url.href]));
}
