import type { Place } from './source/value.ts';
import type { Stack } from './index.ts';
import type { Rule } from './rules.ts';

/** The rules that are alerts. */
export const alertsOf = ({ rules }: Stack): Rule[] => rules.filter((rule) => rule.kind === 'alert');
/** What a finding about a rule belongs to, for people. */
export const subjectOf = (rule: Rule): string => `${rule.kind} ${rule.name}`;
/** Where a rule's name stands. */
export const nameOf = (rule: Rule): Place =>
  rule.value.get(rule.kind).exists ? rule.value.get(rule.kind).place : rule.value.head;

/** Known everywhere; a route needn't name them. */
export const USUAL_SEVERITIES = ['critical', 'warning', 'info', 'none'];
