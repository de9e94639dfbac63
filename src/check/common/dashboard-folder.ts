import type { Dashboard } from '../../stack/dashboards/index.ts';

/** The folder of a dashboard's file. */
export function folderOf({ file }: Dashboard): string {
  return file.path.split('/').slice(0, -1).join('/');
}
