import type { MadeJob } from '../prometheus.ts';
import type { StackDocument } from '../source/documents.ts';
import type { Value } from '../source/value.ts';
import { about, common, named, REMEMBERED } from './job-parts.ts';
import { copied, sanitized, selectedBy, stepsOf } from './relabelings.ts';
import type { Step } from './relabelings.ts';

const ENDED: Step = {
  action: 'drop',
  source_labels: ['__meta_kubernetes_pod_phase'],
  regex: '(Failed|Succeeded)',
};

/** What the operator makes of an endpoint of a ServiceMonitor. @param name of the job */
export function ofService(document: StackDocument, endpoint: Value, name: string): MadeJob {
  const { own, namespace, spec } = about(document);
  const port = endpoint.get('port').text();
  const targetPort = endpoint.get('targetPort').text();
  const pod = `${own}-0`;
  const object = (kind: string, target: string): Step => ({
    source_labels: [
      '__meta_kubernetes_endpoint_address_target_kind',
      '__meta_kubernetes_endpoint_address_target_name',
    ],
    regex: `${kind};(.*)`,
    replacement: '${1}',
    target_label: target,
  });
  const portSource = /^\d+$/.test(targetPort ?? '')
    ? '__meta_kubernetes_pod_container_port_number'
    : '__meta_kubernetes_pod_container_port_name';
  const config = {
    ...common(endpoint, spec, name),
    kubernetes_sd_configs: [{ role: 'endpoints', namespaces: { names: [namespace] } }],
    relabel_configs: [
      REMEMBERED,
      ...selectedBy(spec.get('selector'), 'service'),
      ...(port === undefined ? [] : [keptPort('__meta_kubernetes_endpoint_port_name', port)]),
      ...(port === undefined && targetPort !== undefined ? [keptPort(portSource, targetPort)] : []),
      object('Node', 'node'),
      object('Pod', 'pod'),
      named('__meta_kubernetes_namespace', 'namespace'),
      named('__meta_kubernetes_service_name', 'service'),
      named('__meta_kubernetes_pod_name', 'pod'),
      named('__meta_kubernetes_pod_container_name', 'container'),
      ENDED,
      ...labelsOf(spec, 'targetLabels', 'service'),
      ...labelsOf(spec, 'podTargetLabels', 'pod'),
      { ...named('__meta_kubernetes_service_name', 'job'), replacement: '${1}' },
      ...jobLabelOf(spec, 'service'),
      ...endpointLabel(port ?? targetPort),
      ...stepsOf(endpoint.get('relabelings')),
    ],
  };
  const discovered = {
    ...foundPod(own, namespace, pod),
    __meta_kubernetes_service_name: own,
    __meta_kubernetes_endpoint_address_target_kind: 'Pod',
    __meta_kubernetes_endpoint_address_target_name: pod,
    ...jobLabelFound(spec, 'service', own),
  };
  return { config, discovered };
}

/** What the operator makes of an endpoint of a PodMonitor. @param name of the job */
export function ofPod(document: StackDocument, endpoint: Value, name: string): MadeJob {
  const { own, namespace, spec } = about(document);
  const port = endpoint.get('port').text();
  const config = {
    ...common(endpoint, spec, name),
    kubernetes_sd_configs: [{ role: 'pod', namespaces: { names: [namespace] } }],
    relabel_configs: [
      REMEMBERED,
      ENDED,
      ...selectedBy(spec.get('selector'), 'pod'),
      ...(port === undefined ? [] : [keptPort('__meta_kubernetes_pod_container_port_name', port)]),
      named('__meta_kubernetes_namespace', 'namespace'),
      named('__meta_kubernetes_pod_container_name', 'container'),
      named('__meta_kubernetes_pod_name', 'pod'),
      ...labelsOf(spec, 'podTargetLabels', 'pod'),
      { target_label: 'job', replacement: `${document.namespace ?? 'default'}/${own}` },
      ...jobLabelOf(spec, 'pod'),
      ...endpointLabel(port),
      ...stepsOf(endpoint.get('relabelings')),
    ],
  };
  const discovered = {
    ...foundPod(own, namespace, `${own}-0`),
    ...jobLabelFound(spec, 'pod', own),
  };
  return { config, discovered };
}

function keptPort(source: string, port: string): Step {
  return { action: 'keep', source_labels: [source], regex: port };
}

/** Labels of the service or pod that become labels of its series. */
function labelsOf(spec: Value, key: string, kind: string): Step[] {
  return spec
    .get(key)
    .texts()
    .map(({ text }) =>
      copied(`__meta_kubernetes_${kind}_label_${sanitized(text)}`, sanitized(text)),
    );
}

function jobLabelOf(spec: Value, kind: string): Step[] {
  const label = spec.get('jobLabel').text();
  return label === undefined
    ? []
    : [copied(`__meta_kubernetes_${kind}_label_${sanitized(label)}`, 'job')];
}

/** The likeliest value of the label that becomes the job's name. */
function jobLabelFound(spec: Value, kind: string, own: string): Record<string, string> {
  const label = spec.get('jobLabel').text();
  if (label === undefined) return {};
  const value = spec.at('selector', 'matchLabels').get(label).text() ?? own;
  return { [`__meta_kubernetes_${kind}_label_${sanitized(label)}`]: value };
}

function endpointLabel(port: string | undefined): Step[] {
  return port === undefined ? [] : [{ target_label: 'endpoint', replacement: port }];
}

/** What discovery says of the pod that stands behind. */
function foundPod(own: string, namespace: string, pod: string): Record<string, string> {
  return {
    __meta_kubernetes_namespace: namespace,
    __meta_kubernetes_pod_name: pod,
    __meta_kubernetes_pod_container_name: own,
    __meta_kubernetes_pod_phase: 'Running',
  };
}
