import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HarnessError } from '../../lib/errors.ts';
import type { Dimension } from '../../model/dimension.ts';
import type { StepRecord } from '../../model/capacity-step.ts';

const FILE = 'steps.jsonl';

/**
 * The finished steps of a run, kept as they come: one JSON line each, so that whatever ends the run
 * loses one at most.
 */
export class StepsFile {
  readonly path: string;

  constructor(runDir: string) {
    this.path = join(runDir, FILE);
  }

  async add(record: StepRecord): Promise<void> {
    await appendFile(this.path, `${JSON.stringify(record)}\n`);
  }

  /**
   * All steps so far; a line that was cut off while it was written is dropped from the file.
   * @throws HarnessError for any other damage
   */
  async read(): Promise<StepRecord[]> {
    const text = await readFile(this.path, 'utf8').catch(() => '');
    const lines = text.split('\n');
    const cut = lines.pop() ?? '';
    if (cut !== '') await writeFile(this.path, lines.map((line) => `${line}\n`).join(''));
    return lines.map((line, i) => {
      try {
        return JSON.parse(line) as StepRecord;
      } catch (cause) {
        throw new HarnessError(
          `${this.path}:${i + 1} is no JSON`,
          'The run can’t be gone on with; begin a new one.',
          { cause },
        );
      }
    });
  }
}

/**
 * Steps that were measured under other terms can't be gone on with. @throws HarnessError that says
 * which
 */
export function checkSteps(steps: StepRecord[], dimensions: Dimension[], path: string): void {
  for (const [i, step] of steps.entries()) {
    const dimension = dimensions.find(({ id }) => id === step.dimension);
    if (dimension && dimension.measuredMs !== Math.round(step.measurement.measuredMs))
      throw new HarnessError(
        `${path}:${i + 1}: the step was measured for ${step.measurement.measuredMs} ms, and now ` +
          `${dimension.measuredMs} ms are asked for`,
        'Go on with the options that the run was begun with, or begin a new one.',
      );
  }
}
