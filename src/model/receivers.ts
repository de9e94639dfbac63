/** Where something listens. */
export interface Endpoint {
  host: string;
  port: number;
  protocol: 'http' | 'https' | 'smtp' | 'smtps';
}
