/** A how-to, what can be proved after it (as `--only` names it), and what its plan then tells. */
interface HowTo {
  page: string;
  proves: string;
  /** What of the stack it touches besides. */
  besides?: string[];
  planned: string;
}

export const HOW_TOS: HowTo[] = [
  {
    page: 'docs/how-to/add-a-metric.md',
    proves: 'metric/gtvision_build_info',
    planned: 'gtvision_build_info',
  },
  {
    page: 'docs/how-to/add-an-alert.md',
    proves: 'alert/PlateRequestsFail',
    planned: 'PlateRequestsFail  load.errors.ai: near 0.026',
  },
  {
    page: 'docs/how-to/add-a-panel.md',
    proves: 'panel/Business Metrics/Cameras Online',
    planned: 'Cameras Online',
  },
  {
    page: 'docs/how-to/add-a-service.md',
    proves: 'alert/ServiceDown/export',
    planned: 'export:8003, fake/export',
  },
  {
    page: 'docs/how-to/add-a-stimulus.md',
    proves: 'alert/NoRecordings',
    planned: 'NoRecordings  load.recordings: near 1',
  },
  {
    page: 'docs/how-to/add-a-technology.md',
    proves: 'alert/NginxConnectionsHigh',
    besides: [
      'alert/ServiceDown/nginx',
      'metric/nginx_connections_active',
      'panel/Infrastructure/Nginx Connections',
    ],
    planned: 'NginxConnectionsHigh  nginx-connections: near 95',
  },
];
