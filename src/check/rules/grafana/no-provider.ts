import type { Stack } from '../../../stack/index.ts';
import { mountedAt } from '../../../stack/mounts.ts';
import type { Place } from '../../../stack/source/value.ts';
import { generatedFrom } from '../../common/generated-maps.ts';
import type { Rule } from '../../rule.ts';

export const noProvider: Rule = {
  id: 'grafana/no-provider',
  level: 'error',
  title: 'Dashboards without a provider',
  why: 'Grafana reads dashboards from files only where a provider names their folder: none of them is ever shown.',
  mend: 'Add grafana/provisioning/dashboards/*.yaml with a provider whose `options.path` is where they are mounted.',
  check: (stack, say) => {
    // What lies in a ConfigMap is brought in by a sidecar or by what mounts it.
    const generated = generatedFrom(stack);
    const inFiles = stack.dashboards.filter(
      ({ file }) => !file.embedding && !generated.has(file.path),
    );
    const [first] = inFiles;
    if (!first) return;
    const folders = [...new Set(inFiles.map((d) => d.file.path.split('/').slice(0, -1).join('/')))];
    // Without any provisioning beside them they may be brought in by other ways.
    if (stack.grafana.providerFiles.length === 0) {
      if (stack.grafana.dataSourceFiles.length > 0)
        say(first.root.head, 'no provider brings the dashboards in');
      return;
    }
    const paths = stack.grafana.providers.map(({ path }) => path.text() ?? '');
    for (const { path } of stack.grafana.providers)
      if (path.text() === undefined) say(path.place, 'the provider has no `options.path`');
    const mounted = folders.flatMap((folder) => mountsOf(stack, folder));
    if (mounted.length === 0) return;
    for (const provider of stack.grafana.providers) {
      const path = provider.path.text()?.replace(/\/$/, '');
      if (path !== undefined && !mounted.some((m) => m === path || m.startsWith(`${path}/`)))
        say(
          provider.path.place,
          `the dashboards are mounted at ${mounted.join(', ')}, and the provider reads ${path}`,
        );
    }
    if (paths.length === 0) say(startOf(stack), 'the provisioning file has no provider');
  },
};

/** Where a folder of the stack stands in Grafana's container, by the compose file's mounts. */
function mountsOf({ composes }: Stack, folder: string): string[] {
  return mountedAt(composes, /(^|\/)grafana(-oss|-enterprise)?$/, folder);
}

function startOf({ grafana }: Stack): Place {
  const [first] = grafana.providerFiles;
  if (!first) throw new Error('no provider file');
  return { file: first.file, from: 0, to: 0 };
}
