import type { Stack } from '../../stack/index.ts';

/** Whether the contract says how the stack is scraped. */
export function saysHowItIsScraped({ contract }: Stack): boolean {
  return contract?.root.has('scraping') ?? false;
}
