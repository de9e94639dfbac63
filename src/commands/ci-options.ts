import { resolve } from 'node:path';
import type { Command } from 'commander';

/** The command line's options. */
export interface CiAsked {
  annotations?: boolean;
  summary?: string;
}

/** What a pipeline is told beside the terminal's report. */
export interface CiOptions {
  /** GitHub's annotations on standard output. */
  annotations: boolean;
  /** Files that get the Markdown summary: one asked for is written anew, GitHub's own added to. */
  summary: { path: string; append: boolean }[];
}

/** The options of a command that judges, for pipelines. */
export function addCiOptions(command: Command): Command {
  return command
    .option('--annotations', "print GitHub's annotations (by itself in GitHub Actions)")
    .option('--no-annotations', 'print none, in GitHub Actions neither')
    .option('--summary <file>', 'write a summary in Markdown');
}

/**
 * What was asked for; in GitHub Actions, annotations and its step summary by themselves.
 * `annotations: false` turns them off.
 */
export function ciOptions(asked: CiAsked, env: NodeJS.ProcessEnv = process.env): CiOptions {
  const github = env['GITHUB_ACTIONS'] === 'true';
  const stepSummary = github ? env['GITHUB_STEP_SUMMARY'] : undefined;
  return {
    annotations: asked.annotations ?? github,
    summary: [
      ...(asked.summary === undefined ? [] : [{ path: resolve(asked.summary), append: false }]),
      ...(stepSummary ? [{ path: stepSummary, append: true }] : []),
    ],
  };
}
