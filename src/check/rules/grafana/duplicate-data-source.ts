import type { Grafana } from '../../../stack/grafana.ts';
import { perOrganisation } from '../../common/provisioned-by.ts';
import type { Rule, Say } from '../../rule.ts';

export const duplicateDataSource: Rule = {
  id: 'grafana/duplicate-data-source',
  level: 'error',
  title: 'Two data sources of one name or uid, or two defaults',
  why: 'Grafana refuses to start: provisioning fails.',
  mend: 'Give each its own name and uid, and make one the default.',
  check: (stack, say) => {
    const told = new Set<DataSource>();
    const groups = perOrganisation(stack, stack.grafana.dataSources, ({ value }) => ({
      file: value.file,
      organisation: value.get('orgId').text(),
    }));
    for (const group of groups)
      group.forEach((source, i) => {
        if (!told.has(source) && sayDouble(source, group.slice(0, i), say)) told.add(source);
      });
  },
};

type DataSource = Grafana['dataSources'][number];

/** Whether there was something to tell. */
function sayDouble(source: DataSource, before: DataSource[], say: Say): boolean {
  const { name, uid, isDefault, value } = source;
  if (before.some((other) => other.name === name))
    say(value.get('name').place, `the data source \`${name}\` stands twice`);
  else if (uid !== undefined && before.some((other) => other.uid === uid))
    say(value.get('uid').place, `the uid \`${uid}\` stands twice`);
  else if (isDefault && before.some((other) => other.isDefault))
    say(value.get('isDefault').place, 'there are two defaults');
  else return false;
  return true;
}
