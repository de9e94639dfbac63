import type { ContainerPlan } from '../model/containers.ts';
import { NAMESPACE } from '../model/project-name.ts';

/** Where the programs of a technology come from: packages of the machine's own archive. */
export interface Packages {
  /** From the suite that is installed, with all they depend on. */
  fromSystem?: string[];
  /** From the newer suite, alone: Go programs, which bring all they need. */
  fromNewer?: string[];
  /**
   * Every program that a run starts: a pattern for each part of its path under /usr (versions
   * differ between systems).
   */
  programs: Record<string, RegExp[]>;
  /** Whose version a report tells: a title, and the name of the package. */
  versions: Record<string, RegExp>;
}

/**
 * How the image of one program is made from the packages: what a Dockerfile would say after FROM.
 */
export interface ImageRecipe {
  /** Whose image it stands in for, as Docker Hub names it, without the tag. */
  repository: string;
  /** The program, as the versions of its packages name it. */
  program: string;
  /**
   * One thing in each: Podman takes no more. CMD is always among them: else Podman keeps that of
   * the container it is made of.
   */
  instructions: string[];
  /** What ends it; no commit takes it as an instruction. */
  stopSignal?: string;
}

/**
 * An image of this repository that stands in for a program that is in no package archive, or to
 * which a run can't do all that it has to.
 */
export interface StandIn {
  component: string;
  /** Whose image it stands in for, as Docker Hub names it, without the tag. */
  repository: string;
  image: string;
  original: Original;
}

/**
 * What becomes of the real program in a run where its image is there. It runs `instead` of the
 * stand-in; or `beside` it, where something can be done to the stand-in alone.
 */
export type Original = { runs: 'instead' } | OriginalBeside;

/**
 * A real program beside its stand-in: a client of its own fills it, and it is scraped once, at the
 * end.
 */
export interface OriginalBeside {
  runs: 'beside';
  /** Why the stand-in is scraped all the same. */
  why: string;
  /** Size of each of its volumes, which are in memory. */
  volumeBytes: number;
  /** What is added to its environment. */
  environment: Record<string, string>;
}

/** The image of a program in `fake-services/` that stands in for another one. */
export function standInImage(program: string): string {
  return `${NAMESPACE}/fake-${program}:0.1.0`;
}

/** What a run changes about a service of the compose file. */
export interface ContainerChanges {
  /** Flags that are added, or replace those with the same name. */
  flags?: string[];
  /** Words at the end of the command. */
  more?: string[];
  environment?: Record<string, string>;
  files?: ContainerPlan['files'];
}

/** Folder of the entry scripts in the images. */
export const ENTRYPOINTS = `/usr/local/lib/${NAMESPACE}`;
/** Where programs are looked for in the images. */
export const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * A program of Debian's monitoring packages: its package, its file under /usr/bin, its title in
 * reports.
 */
export function goProgram(name: string, packageName: string, title: string): Packages {
  return {
    fromNewer: [packageName],
    programs: { [name]: [/^bin$/, new RegExp(`^${packageName}$`)] },
    versions: { [title]: new RegExp(`^${packageName}$`) },
  };
}
