import type { Rule } from '../../rule.ts';
import { fileSyntax } from './syntax.ts';

/** Rules of files as such. */
export const FILE: Rule[] = [fileSyntax];
