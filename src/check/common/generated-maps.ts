import { posix } from 'node:path';
import type { Stack } from '../../stack/index.ts';
import { KUSTOMIZATION } from './parts-named.ts';

/**
 * Paths of the files that a kustomization makes ConfigMaps of: what mounts those, or a sidecar that
 * finds them by a label, brings them in.
 */
export function generatedFrom({ files }: Stack): Set<string> {
  return new Set(
    files
      .filter(({ name }) => KUSTOMIZATION.test(name))
      .flatMap(({ path, root }) =>
        root
          .get('configMapGenerator')
          .items()
          .flatMap((map) => map.get('files').texts())
          // `key=path` has another name in the ConfigMap.
          .map(({ text }) => posix.join(posix.dirname(path), text.replace(/^[^=/]*=/, ''))),
      ),
  );
}
