import type { Disturbance, Ending } from '../disturbance.ts';
import { stepClock } from './clock-guard.ts';

const HOUR_SECONDS = 3_600;

/** The clock of the whole machine is set an hour forward or back, and right after the run's end. */
export const CLOCKS: Record<string, Disturbance> = {
  'clock forward': stepped(HOUR_SECONDS, 'forward'),
  'clock back': stepped(-HOUR_SECONDS, 'back'),
};

function stepped(seconds: number, direction: string): Disturbance {
  return {
    meaning: `the machine's clock is set an hour ${direction}`,
    byNameOnly: true,
    prepare: () => {
      let putBack = (): Promise<unknown> => Promise.resolve();
      return Promise.resolve({
        strike: async () => {
          ({ putBack } = await stepClock(seconds, 'really'));
          return `the clock, by ${seconds} s`;
        },
        relieve: async () => void (await putBack()),
        [Symbol.asyncDispose]: async () => void (await putBack()),
      });
    },
    isTold: (ending) => namesStep(ending, seconds),
  };
}

/** Says that the clock was stepped, when and by how much, and never that all is proved. */
function namesStep({ exitCode, output }: Ending, seconds: number): boolean {
  const words = output.replaceAll(/\s+/g, ' ');
  const told = /clock was stepped by ([+-]\d+)\.\d s at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d/.exec(words);
  return exitCode === 2 && Number(told?.[1]) === seconds;
}
