/** What images come with, and what stands in every tutorial. */
const KNOWN = new Set([
  'admin',
  'password',
  'passw0rd',
  'postgres',
  'guest',
  'minioadmin',
  'minio',
  'minio123',
  'root',
  'changeme',
  'change-me',
  'secret',
  'test',
  'example',
  'default',
  '123456',
  '12345678',
  'grafana',
  'redis',
  'rabbitmq',
  'user',
  'prom-operator',
  'admin123',
  'password123',
]);

/** Whether it is a password that everybody knows. */
export function isKnownPassword(text: string): boolean {
  return KNOWN.has(text.toLowerCase());
}
