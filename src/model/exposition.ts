/** One sample of a /metrics text. */
export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

/** A /metrics text as it was answered. */
export interface Scrape {
  contentType: string;
  /** By the family's name. */
  types: Record<string, string>;
  samples: Sample[];
  /** Lines that are no exposition. */
  unread: number;
}
