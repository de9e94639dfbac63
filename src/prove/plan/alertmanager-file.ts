import { Document, parseDocument } from 'yaml';
import { speedUpAlertmanager } from '../../speedup/alertmanager.ts';
import { PROOF_ADDRESSES } from '../../model/proof-plan.ts';
import type { ProofPlan } from '../../model/proof-plan.ts';
import { observeReceivers } from '../../receivers/observe.ts';
import type { Subject } from './subject.ts';
import { atAnyHour } from './time-intervals.ts';
import { droppedOnPurpose } from './on-purpose.ts';
import { plainMap } from './plain.ts';

const DIR = '/etc/alertmanager';

export interface AlertmanagerFile {
  files: ProofPlan['files'];
  pems: ProofPlan['pems'];
  receivers: NonNullable<ProofPlan['receivers']>;
  notes: string[];
}

/**
 * alertmanager.yml and its templates as the run has them: observed receivers, stood-in secrets,
 * divided durations.
 */
export function alertmanagerFile(
  stack: Pick<Subject, 'alertmanager' | 'templates'>,
  speed: number,
): AlertmanagerFile | undefined {
  if (!stack.alertmanager) return undefined;
  const dropped = droppedOnPurpose(stack.alertmanager);
  const templates = stack.templates.map(({ text }, i) => ({
    path: `alertmanager/templates/${i}.tmpl`,
    text,
  }));
  const { made, root } = stack.alertmanager;
  const { tracing, ...whole } = made ?? plainMap(root);
  const { config, taken } = atAnyHour(whole);
  // Written and read once more: what several keys shared is now each one's own.
  const document = parseDocument(
    new Document({
      ...config,
      ...('templates' in config ? { templates: [`${DIR}/templates/*.tmpl`] } : {}),
    }).toString(),
  );
  const observed = observeReceivers(
    document,
    `http://${PROOF_ADDRESSES.facts.host}:${PROOF_ADDRESSES.facts.port}/facts/`,
  );
  if (speed !== 1) speedUpAlertmanager({ document, speed, refuse: () => undefined });
  const texts = observed.files.flatMap(({ path, content }) =>
    'text' in content ? [{ path, text: content.text }] : [],
  );
  const pems = observed.files.flatMap(({ path, content }) =>
    'pem' in content ? [{ path, pem: content.pem }] : [],
  );
  const text = document.toString({ lineWidth: 0 });
  return {
    files: [...templates, ...texts, { path: 'alertmanager/alertmanager.yml', text }],
    pems,
    receivers: {
      names: observed.receivers,
      dropping: [...dropped.keys()],
      integrations: observed.integrations,
      endpoints: observed.endpoints,
      transitions: observed.transitions,
    },
    notes: [
      ...observed.notes,
      ...[...dropped].map(([name, why]) => `receiver ${name} tells nobody on purpose: ${why}`),
      ...(taken.length === 0
        ? []
        : [
            `routes tell at any hour in the run: whether they should by ${taken.join(', ')} ` +
              "wasn't judged",
          ]),
      ...(tracing === undefined ? [] : ["`tracing` isn't judged"]),
    ],
  };
}
