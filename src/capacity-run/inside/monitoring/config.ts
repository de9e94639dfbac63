import { parse, stringify } from 'yaml';

/** Where the stack's own files lie, at the speed of the dimension. */
export const STACK_DIR = '/etc/prometheus';

/** A job that is scraped: its addresses are in a file of their own. */
export interface ScrapedJob {
  name: string;
  targetsFile: string;
}

interface StackConfig {
  global?: {
    scrape_interval?: string;
    scrape_timeout?: string;
    evaluation_interval?: string;
    external_labels?: Record<string, string>;
  };
  rule_files?: string[];
}

/**
 * The stack's own prometheus.yml with other targets and further rules: intervals, timeouts, labels
 * and rules stay. Nobody is told of alerts: there is no Alertmanager here.
 */
export function underLoadConfig(
  stackText: string,
  jobs: ScrapedJob[],
  ruleFiles: string[],
  stackRules: boolean,
): string {
  const stack = parse(stackText) as StackConfig;
  return stringify({
    global: stack.global ?? {},
    rule_files: [
      ...(stackRules ? (stack.rule_files ?? []) : []).map((file) =>
        file.startsWith('/') ? file : `${STACK_DIR}/${file}`,
      ),
      ...ruleFiles,
    ],
    scrape_configs: jobs.map(({ name, targetsFile }) => ({
      job_name: name,
      file_sd_configs: [{ files: [targetsFile], refresh_interval: '1h' }],
    })),
  });
}
