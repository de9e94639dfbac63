import { ALERTMANAGER_IMAGE, PROMETHEUS_IMAGE, pinnedVersion } from '../stack/pinned.ts';
import type { Version } from '../stack/pinned.ts';
import type { Stack } from '../stack/index.ts';
import { prometheusFeatures } from '../stack/prometheus-flags.ts';
import type { Prometheus } from '../stack/prometheus.ts';
import type { SourceFile } from '../stack/source/source-file.ts';

/** A file that a program can judge by itself: what it is, and the version that the stack pins. */
export interface RefusableFile {
  kind: 'rules' | 'prometheus' | 'alertmanager';
  path: string;
  pinned: Version | undefined;
  /** What its program is given in its place; undefined: the file itself. */
  text: string | undefined;
  /** What its program is started with behind `--enable-feature`; undefined: nobody can tell. */
  features: string[] | undefined;
}

/** What somebody puts in before the program reads it: `${TOKEN}`, `$TOKEN`, `<token>`. */
const TO_FILL_IN = /\$\{?[A-Z_][A-Z_\d]+\}?|[:=/"']\s*<[\w -]+>/;

/** Where no template is. */
const NO_FILE = '"/dev/null"';

/**
 * The files of a stack that their programs can be asked about: as they lie there, and with nothing
 * to fill in.
 */
export function refusable(stack: Stack): RefusableFile[] {
  const plain = (file: SourceFile): boolean =>
    !file.embedding && file.errors.length === 0 && !TO_FILL_IN.test(file.text);
  const prometheus = pinnedVersion(stack, PROMETHEUS_IMAGE);
  const features = prometheusFeatures(stack);
  const alertmanager = pinnedVersion(stack, ALERTMANAGER_IMAGE);
  const of = (
    kind: RefusableFile['kind'],
    files: SourceFile[],
    pinned: Version | undefined,
  ): RefusableFile[] =>
    [...new Set(files)].filter(plain).map((file) => ({
      ...{ kind, path: file.path, pinned, features },
      text: kind === 'alertmanager' ? withoutTemplates(file) : undefined,
    }));
  return [
    ...of(
      'rules',
      stack.groups.filter((group) => !group.isResource).map(({ file }) => file),
      prometheus,
    ),
    ...of(
      'prometheus',
      stack.prometheus
        .filter((one) => one.origin === 'file' && !looksForRegion(one))
        .map(({ file }) => file),
      prometheus,
    ),
    ...of(
      'alertmanager',
      stack.alertmanagers.filter(({ partial }) => !partial).map(({ root }) => root.file),
      alertmanager,
    ),
  ];
}

/**
 * A configuration of Alertmanager that names no templates, line by line as it was: amtool would
 * read whatever they lead to, anywhere on this machine, and wait for a pipe without end. check
 * reads those of the stack itself.
 */
function withoutTemplates({ root, text }: SourceFile): string {
  return root
    .get('templates')
    .items()
    .flatMap(({ node }) => (node?.kind === 'scalar' ? [node] : []))
    .toSorted((a, b) => b.from - a.from)
    .reduce((rest, { from, to }) => rest.slice(0, from) + NO_FILE + rest.slice(to), text);
}

/** Discoveries that ask the machine for its region where they name none. */
const IN_A_REGION = ['ec2_sd_configs', 'lightsail_sd_configs', 'aws_sd_configs', 'msk_sd_configs'];

/**
 * Whether reading it asks the network: a discovery of AWS that names no region has one given by the
 * machine that it runs on, and promtool would look for one on this.
 */
function looksForRegion({ root, jobs }: Prometheus): boolean {
  return [...jobs.map(({ value }) => value), ...root.at('alerting', 'alertmanagers').items()]
    .flatMap((holder) => IN_A_REGION.flatMap((key) => holder.get(key).items()))
    .some((one) => !one.get('region').text());
}
