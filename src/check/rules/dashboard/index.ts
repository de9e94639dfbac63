import type { Rule } from '../../rule.ts';
import { duplicateId } from './duplicate-panel-id.ts';
import { duplicateTitle } from './duplicate-title.ts';
import { duplicateUid } from './duplicate-uid.ts';
import { envelope } from './envelope.ts';
import { equalsSeveralValues } from './equals-several-values.ts';
import { exported } from './export-for-sharing.ts';
import { fixedRange } from './fixed-range.ts';
import { legendLabel } from './legend-label-aggregated-away.ts';
import { legendSyntax } from './legend-syntax.ts';
import { noTitle } from './no-title.ts';
import { noUnit } from './no-unit.ts';
import { overlapping } from './overlapping-panels.ts';
import { unplacedPanel } from './panel-without-place.ts';
import { removedPanel } from './removed-panel-type.ts';
import { undefinedVariable } from './undefined-variable.ts';
import { unknownElement } from './unknown-element.ts';
import { unusedVariable } from './unused-variable.ts';
import { wrongUnit } from './wrong-unit.ts';

/** Rules of dashboards. */
export const DASHBOARD: Rule[] = [
  envelope,
  exported,
  removedPanel,
  noTitle,
  noUnit,
  wrongUnit,
  duplicateTitle,
  duplicateUid,
  duplicateId,
  overlapping,
  unknownElement,
  unplacedPanel,
  undefinedVariable,
  unusedVariable,
  equalsSeveralValues,
  fixedRange,
  legendLabel,
  legendSyntax,
];
