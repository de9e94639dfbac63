import type { MadeJob } from '../prometheus.ts';
import type { StackDocument } from '../source/documents.ts';
import { about, common, named, REMEMBERED, schemeOf } from './job-parts.ts';
import { stepsOf } from './relabelings.ts';

/** What the operator makes of a Probe. @param name of the job */
export function ofProbe(document: StackDocument, name: string): MadeJob {
  const { namespace, spec } = about(document);
  const targets = spec.get('targets');
  const given = targets.at('staticConfig', 'labels').json() as Record<string, string> | undefined;
  const prober = spec.get('prober');
  const jobName = spec.get('jobName').text();
  const moduleName = spec.get('module').text();
  const statics = targets.at('staticConfig', 'static').texts();
  const config = {
    ...common(spec, spec, name),
    metrics_path: prober.get('path').text() ?? '/probe',
    ...schemeOf(prober),
    params: moduleName === undefined ? {} : { module: [moduleName] },
    ...(statics.length === 0
      ? { kubernetes_sd_configs: [{ role: 'ingress' }] }
      : {
          static_configs: [
            { targets: statics.map(({ text }) => text), labels: { namespace, ...given } },
          ],
        }),
    relabel_configs: [
      REMEMBERED,
      ...(jobName === undefined ? [] : [{ target_label: 'job', replacement: jobName }]),
      named('__address__', '__param_target'),
      named('__param_target', 'instance'),
      { target_label: '__address__', replacement: prober.get('url').text() ?? '' },
      ...stepsOf(targets.at('staticConfig', 'relabelingConfigs')),
      ...stepsOf(targets.at('ingress', 'relabelingConfigs')),
    ],
  };
  return { config, discovered: { __meta_kubernetes_namespace: namespace } };
}

/** What the operator makes of a ScrapeConfig. @param name of the job */
export function ofScrapeConfig(document: StackDocument, name: string): MadeJob {
  const { namespace, spec } = about(document);
  const jobName = spec.get('jobName').text();
  const discovers = spec.entries().find(({ key }) => key.endsWith('SDConfigs'));
  const config = {
    ...common(spec, spec, name),
    ...(spec.get('staticConfigs').exists
      ? { static_configs: spec.get('staticConfigs').json() }
      : {}),
    ...(discovers ? { http_sd_configs: [{ url: 'http://discovery' }] } : {}),
    relabel_configs: [
      REMEMBERED,
      ...(jobName === undefined ? [] : [{ target_label: 'job', replacement: jobName }]),
      ...stepsOf(spec.get('relabelings')),
    ],
  };
  return { config, discovered: { __meta_kubernetes_namespace: namespace } };
}
