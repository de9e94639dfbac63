import type { Language } from './pipe.ts';

/** Go's own (text/template, "Functions"). */
const GO =
  'and or not eq ne lt le gt ge len index slice print printf println call html js urlquery'.split(
    ' ',
  );

/**
 * Annotations and labels of Prometheus's rules (template/template.go; rules/alerting.go declares
 * the variables).
 */
export const PROMETHEUS: Language = {
  functions: new Set([
    ...GO,
    ...(
      'query first label value strvalue args reReplaceAll safeHtml match title toUpper toLower ' +
      'graphLink tableLink sortByLabel stripPort stripDomain humanize humanize1024 ' +
      'humanizeDuration humanizePercentage humanizeTimestamp toTime toDuration now pathPrefix ' +
      'externalURL parseDuration tmpl urlQueryEscape'
    ).split(' '),
  ]),
  variables: ['labels', 'externalLabels', 'externalURL', 'value'],
};

/** The same of VictoriaMetrics' vmalert, which knows more (docs, "Templating"). */
export const VMALERT: Language = {
  ...PROMETHEUS,
  functions: new Set([
    ...PROMETHEUS.functions,
    ...(
      'queryEscape pathEscape quotesEscape jsonEscape htmlEscape crlfEscape parseDurationTime ' +
      'formatTime'
    ).split(' '),
  ]),
  variables: [
    ...PROMETHEUS.variables,
    ...['expr', 'activeAt', 'alertID', 'groupID', 'for', 'type', 'isPartial'],
  ],
};

/** Grafana's own alert rules (pkg/services/ngalert/state/template). */
export const GRAFANA: Language = {
  functions: new Set([
    ...PROMETHEUS.functions,
    ...'filterLabels filterLabelsRe removeLabels removeLabelsRe mergeLabelValues'.split(' '),
    ...'deduplicateLabels toJson'.split(' '),
  ]),
  variables: [...PROMETHEUS.variables, 'values'],
};

/** Notifications of Alertmanager (alertmanager/template/template.go). */
export const ALERTMANAGER: Language = {
  functions: new Set([
    ...GO,
    ...(
      'toUpper toLower title trimSpace join match safeHtml safeUrl urlUnescape reReplaceAll ' +
      'stringSlice date tz since humanizeDuration toJson list append dict'
    ).split(' '),
  ]),
  variables: [],
};
