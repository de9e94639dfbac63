import type { Rule } from '../../rule.ts';

export const twoFolders: Rule = {
  id: 'grafana/two-folders',
  level: 'warning',
  title: 'One folder by its uid and by its title',
  why:
    'Dashboards go into the folder of this uid, alert rules into one that Grafana makes of ' +
    'the title: since Grafana 12 those are two folders of one name.',
  mend: 'Leave `folderUid` out, so that both find the folder by its title.',
  check: ({ grafana }, say) => {
    const titles = new Set(
      grafana.alertingFiles
        .flatMap(({ root }) => root.get('groups').items())
        .flatMap((group) => group.get('folder').text() ?? []),
    );
    for (const { value } of grafana.providers) {
      const title = value.get('folder').text();
      const uid = value.get('folderUid');
      if (title !== undefined && titles.has(title) && (uid.text() ?? '') !== '')
        say(
          uid.place,
          `\`${title}\` is given by the uid \`${uid.text() ?? ''}\`, and by its title in the alert rules`,
        );
    }
  },
};
