/** Whether Prometheus's rules make what has this name: it isn't scraped, its labels may be any. */
export function isMade(name: string): boolean {
  return /:|^ALERTS(_FOR_STATE)?$/.test(name);
}
