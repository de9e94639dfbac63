import type { Page } from 'playwright-core';

/**
 * Each point of a kept picture stands for so many by so many of the page: letters become shades, so
 * that another version of a font or of the browser draws the same picture, and files stay small.
 */
const SHRUNK = 8;
/** Shades and colours of a point that differ by no more are the same, of 255. */
const SAME_SHADE = 20;

/** How two pictures differ. */
export interface Difference {
  /** Heights, in points of the shrunk pictures. */
  heights: [actual: number, expected: number];
  /** Share of the points that differ, of those that both have. */
  share: number;
  /** The highest and lowest line of points that differs, in CSS pixels; null: none. */
  between: [from: number, to: number] | null;
}

/**
 * The picture of a whole page, shrunk, as PNG.
 * @param workshop a page of the same browser in which pictures can be worked on
 */
export async function pictureOf(page: Page, workshop: Page): Promise<Buffer> {
  const png = await page.screenshot({ fullPage: true, animations: 'disabled', caret: 'hide' });
  const url = await workshop.evaluate(
    async ({ source, by }) => {
      const bitmap = await createImageBitmap(await (await fetch(source)).blob());
      const canvas = document.createElement('canvas');
      canvas.width = Math.ceil(bitmap.width / by);
      canvas.height = Math.ceil(bitmap.height / by);
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      context.imageSmoothingQuality = 'high';
      context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      return canvas.toDataURL('image/png');
    },
    { source: dataUrl(png), by: SHRUNK },
  );
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}

/** How a shrunk picture differs from a kept one. */
export async function differenceOf(
  actual: Buffer,
  expected: Buffer,
  workshop: Page,
): Promise<Difference> {
  return workshop.evaluate(
    async ({ pictures, same, by }) => {
      const read = async (source: string): Promise<ImageData> => {
        const bitmap = await createImageBitmap(await (await fetch(source)).blob());
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
        if (!context) throw new Error('no canvas');
        context.drawImage(bitmap, 0, 0);
        return context.getImageData(0, 0, bitmap.width, bitmap.height);
      };
      const [one, other] = await Promise.all([read(pictures[0]), read(pictures[1])]);
      const width = Math.min(one.width, other.width);
      const height = Math.min(one.height, other.height);
      const lines: number[] = [];
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) {
          const differs = [0, 1, 2].some((channel) => {
            const a = one.data[(y * one.width + x) * 4 + channel] ?? 0;
            const b = other.data[(y * other.width + x) * 4 + channel] ?? 0;
            return Math.abs(a - b) > same;
          });
          if (differs) lines.push(y * by);
        }
      return {
        heights: [one.height, other.height] as [number, number],
        share: lines.length / (width * height),
        between: lines.length === 0 ? null : ([lines[0], lines.at(-1)] as [number, number]),
      };
    },
    {
      pictures: [dataUrl(actual), dataUrl(expected)] as [string, string],
      same: SAME_SHADE,
      by: SHRUNK,
    },
  );
}

function dataUrl(png: Buffer): string {
  return `data:image/png;base64,${png.toString('base64')}`;
}
