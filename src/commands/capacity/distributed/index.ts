import type { Output } from '../../output.ts';
import { addUpFiles } from './add-up-files.ts';
import type { DistributedAsked } from './options.ts';
import { writeDistributed } from './write.ts';

/**
 * A load on several machines: writes it, or adds up what came of it. Starts nothing. @returns the
 * exit code
 */
export async function distributed(asked: DistributedAsked, output: Output): Promise<0 | 1 | 2> {
  return asked.addUp ? addUpFiles(asked.addUp, output) : writeDistributed(asked, output);
}
