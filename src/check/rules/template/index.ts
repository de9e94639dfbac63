import type { Rule } from '../../rule.ts';
import { breakingTemplate } from './breaks.ts';
import { commonAnnotations } from './common-annotations.ts';
import { groupLabel } from './group-label.ts';
import { lostLabel } from './label-aggregated-away.ts';
import { rawValue } from './raw-value.ts';
import { templateSyntax } from './syntax.ts';
import { undefinedTemplate } from './undefined.ts';
import { withoutBraces } from './without-braces.ts';
import { wrongPercent } from './wrong-percent.ts';

/** Rules of templates. */
export const TEMPLATE: Rule[] = [
  templateSyntax,
  undefinedTemplate,
  lostLabel,
  rawValue,
  wrongPercent,
  commonAnnotations,
  groupLabel,
  breakingTemplate,
  withoutBraces,
];
