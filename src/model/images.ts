/** Where an image can be made from: the packages of the system's archive, or this repository. */
export type ImageSource = 'packages' | 'repository';

/** What there is of one image that a stack or the harness pins. */
export interface ImageStatus {
  name: string;
  /**
   * `vendor`: its maker's own is there. `made`: one that was made here is. `none`: it isn't there.
   */
  state: 'vendor' | 'made' | 'none';
  /** What it is, or would be, made from; undefined when nothing here makes it. */
  source?: ImageSource;
  /** Version of the program in one that was made here. */
  version?: string;
  /** Its size in the engine. All that are made from packages share the largest part of it. */
  bytes?: number;
  /** Whether this very call made it. */
  isNew: boolean;
  /** Why it isn't there, or how it differs from what is pinned. */
  note?: string;
  /** Why it couldn't be pulled, in the engine's words. */
  refused?: string;
  /** Name of the image that stands in for it. */
  standIn?: string;
}
