import type { LiveFinding, NotJudged } from '../../model/attach.ts';
import { live } from '../finding.ts';
import type { LiveGroup, LiveRule } from '../overview.ts';
import { subjectOf } from './rules.ts';

/** Told of an evaluation that was given up: the expression is understood, and takes too long. */
const TOO_SLOW = /timed out|timeout|deadline exceeded/i;
/** Told of one that a reload or a stop ended: it says nothing of the expression. */
const ENDED = /context canceled|was canceled/i;

/** Rules that the running Prometheus can't evaluate. */
export function unhealthyRules(groups: LiveGroup[]): {
  findings: LiveFinding[];
  notJudged: NotJudged[];
} {
  const findings: LiveFinding[] = [];
  const notJudged: NotJudged[] = [];
  for (const group of groups)
    for (const rule of group.rules.filter(({ health }) => health === 'err')) {
      if (ENDED.test(rule.lastError))
        notJudged.push({
          what: `whether ${subjectOf(rule)} can be evaluated`,
          why: `its last evaluation was ended: ${rule.lastError}`,
          decisive: false,
        });
      else findings.push(unhealthy(group, rule));
    }
  return { findings, notJudged };
}

function unhealthy(group: LiveGroup, rule: LiveRule): LiveFinding {
  const found = live('ruleUnhealthy', {
    subject: subjectOf(rule),
    where: `${group.file}, group ${group.name}`,
    title: rule.lastError || 'it is unhealthy, and Prometheus gives no reason',
  });
  return TOO_SLOW.test(rule.lastError)
    ? { ...found, mend: 'See what Prometheus is short of, or record what takes long.' }
    : found;
}
