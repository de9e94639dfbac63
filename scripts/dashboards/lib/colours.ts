import type { DynamicConfigValue } from '@grafana/grafana-foundation-sdk/dashboard';

/**
 * One colour for one service in every panel; whatever isn't here gets its colour from its name,
 * which is constant too.
 */
export const JOB_COLOURS: Record<string, string> = {
  backend: 'blue',
  streaming: 'purple',
  ai: 'yellow',
};

export function fixedColour(color: string): DynamicConfigValue {
  return { id: 'color', value: { mode: 'fixed', fixedColor: color } };
}
