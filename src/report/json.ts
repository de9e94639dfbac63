import type { Judgement } from '../model/verdict.ts';

/** `report.json`: the judgement as it is, for programs; its shape has a schema version. */
export function reportJson(judgement: Judgement): string {
  return `${JSON.stringify(judgement, null, 2)}\n`;
}
