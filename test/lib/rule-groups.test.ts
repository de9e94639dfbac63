import { expect, it } from 'vitest';
import { groupOf } from '../../src/lib/rule-groups.ts';

const groups = [
  { file: '/etc/prometheus/a/alerts.yml', name: 'all' },
  { file: '/etc/prometheus/b/alerts.yml', name: 'all' },
  { file: '/etc/prometheus/b/alerts.yml', name: 'other' },
];

it('of groups with one name it is the one of the same file', () => {
  expect(groupOf(groups, { file: 'prometheus/b/alerts.yml', name: 'all' })).toBe(groups[1]);
  expect(groupOf(groups, { file: 'prometheus/a/alerts.yml', name: 'all' })).toBe(groups[0]);
});

it('is none where neither name nor file is the same', () => {
  expect(groupOf(groups, { file: 'prometheus/a/alerts.yml', name: 'third' })).toBeUndefined();
  expect(groupOf(groups, { file: 'prometheus/a/rules.yml', name: 'other' })).toBeUndefined();
});
