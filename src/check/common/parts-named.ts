import type { Stack } from '../../stack/index.ts';
import type { SourceFile } from '../../stack/source/source-file.ts';
import type { Value } from '../../stack/source/value.ts';

export const KUSTOMIZATION = /^kustomization\.ya?ml$|^Kustomization$/;

/** Lists of a kustomization that name files or folders (kubectl.docs.kubernetes.io). */
const LISTS = [
  'resources',
  'components',
  'bases',
  'crds',
  'patchesStrategicMerge',
  'configurations',
];

/** What lies elsewhere: an address, a repository. */
const REMOTE = /:\/\/|^git@|^oci:|\?ref=|\/\/|^github\.com/;

/** What holds secrets is never in the repository. */
const SECRET = /secret|\.enc\.|credential/i;

/** Files and folders that a compose file or a kustomization is made of, and where it says so. */
export function partsNamed({ composes, files }: Stack): { from: SourceFile; value: Value }[] {
  const ofComposes = composes.flatMap((one) =>
    one.files.flatMap(({ root }) => [
      ...root
        .get('include')
        .items()
        .flatMap((item) => (item.isMap ? item.get('path') : item).texts()),
      ...root
        .get('services')
        .entries()
        .flatMap(({ value }) => value.at('extends', 'file').texts()),
    ]),
  );
  const ofKustomizations = files
    .filter(({ name }) => KUSTOMIZATION.test(name))
    .flatMap(({ root }) => [
      ...LISTS.flatMap((key) => root.get(key).texts()),
      ...root
        .get('patches')
        .items()
        .flatMap((patch) => patch.get('path').texts()),
    ]);
  const named = new Map(
    [...ofComposes, ...ofKustomizations].map((one) => [one.value.node, one] as const),
  );
  return [...named.values()]
    .filter(({ text }) => !REMOTE.test(text) && !SECRET.test(text) && !text.includes('\n'))
    .map(({ value }) => ({ from: value.file, value }));
}
