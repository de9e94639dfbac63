import type { ImageStatus } from '../model/images.ts';
import { tableText } from './plain-table.ts';
import { colors } from './text.ts';
import type { Colors } from './text.ts';

/**
 * One row for each image: its name, where it is from, its size; below it what rows have in common.
 */
export function imagesText(images: ImageStatus[], { color }: { color: boolean }): string {
  const c = colors(color);
  const fromPackages = images.filter(
    ({ state, source }) => state === 'made' && source === 'packages',
  );
  const sharedBytes = Math.max(0, ...fromPackages.map(({ bytes = 0 }) => bytes));
  const lines = [tableOf(images, sharedBytes, c), ''];
  if (fromPackages.length > 0)
    lines.push(
      `Those from packages are one layer of ${megabytes(sharedBytes)} that they share; ` +
        "services stand on it. They aren't their makers' own.",
    );
  const missing = images.filter(({ state }) => state === 'none');
  const refusals = [...new Set(missing.flatMap(({ refused }) => refused ?? []))];
  for (const words of refusals) lines.push(`What is missing couldn't be pulled: ${words}`);
  if (refusals.length === 0 && missing.some(({ source }) => source === undefined))
    lines.push('What nothing here makes comes with --pull, where the engine can reach a registry.');
  if (missing.some(({ source }) => source !== undefined))
    lines.push('What is not there yet is made by `npm run images`.');
  return lines.join('\n');
}

function tableOf(images: ImageStatus[], sharedBytes: number, c: Colors): string {
  const rows = images.map((image) => [
    image.state === 'none' ? c.yellow('–') : c.green('✓'),
    image.name,
    whereFrom(image),
    size(image, sharedBytes),
  ]);
  return tableText(rows, {
    head: ['', 'image', 'where from', 'size'].map((text) => c.bold(text)),
    colAligns: ['left', 'left', 'left', 'right'],
    between: '  ',
  });
}

function whereFrom({ state, source, version, note, standIn, isNew }: ImageStatus): string {
  if (state === 'vendor') return "its maker's own, left as it is";
  if (state === 'none')
    return `${note ?? 'not there'}${standIn === undefined ? '' : `; ${standIn} stands in`}`;
  const made = source === 'packages' ? `packages, ${version ?? '?'}` : 'this repository';
  return `${made}${note === undefined ? '' : ` (${note})`}${isNew ? ', just made' : ''}`;
}

function size({ state, source, bytes }: ImageStatus, sharedBytes: number): string {
  if (bytes === undefined) return '';
  if (state === 'made' && source === 'packages') return 'shared';
  return megabytes(source === 'repository' && bytes > sharedBytes ? bytes - sharedBytes : bytes);
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
