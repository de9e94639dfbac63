import { nearest } from '../../lib/nearest.ts';

/** Which label was probably meantLabel, as advice. */
export function meantLabel(label: string, may: ReadonlySet<string> | undefined): string {
  const known = [...(may ?? [])];
  const close = nearest(label, known);
  return known.length === 0
    ? 'No label is left at this point: aggregate later, or keep the label below.'
    : `Use a label that is there: ${close === undefined ? '' : `\`${close}\`, or `}one of ${known.join(', ')}.`;
}
