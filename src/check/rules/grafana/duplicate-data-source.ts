import type { Rule } from '../../rule.ts';

export const duplicateDataSource: Rule = {
  id: 'grafana/duplicate-data-source',
  level: 'error',
  title: 'Two data sources of one name or uid, or two defaults',
  why: 'Grafana refuses to start: provisioning fails.',
  mend: 'Give each its own name and uid, and make one the default.',
  check: ({ grafana }, say) => {
    grafana.dataSources.forEach((source, i, all) => {
      const before = all.slice(0, i);
      if (before.some((other) => other.name === source.name))
        say(source.value.get('name').place, `the data source \`${source.name}\` stands twice`);
      else if (source.uid !== undefined && before.some((other) => other.uid === source.uid))
        say(source.value.get('uid').place, `the uid \`${source.uid}\` stands twice`);
      else if (source.isDefault && before.some((other) => other.isDefault))
        say(source.value.get('isDefault').place, 'there are two defaults');
    });
  },
};
