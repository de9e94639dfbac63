import { describe, expect, it } from 'vitest';
import { collectorFlags } from '../../../src/technologies/postgres/collectors.ts';

const nothing = { files: [], metrics: [], panels: [] };
const rule = (expr: string): string =>
  collectorFlags({ ...nothing, files: [{ path: 'rules.yml', text: `expr: ${expr}` }] }).join(' ');

describe('the collectors that PostgreSQL’s exporter is started with', () => {
  it('are none where the stack asks for none of their metrics', () => {
    expect(collectorFlags(nothing)).toHaveLength(12);
  });

  it.each([
    ['pg_wal_segments > 100', 'wal'],
    ['rate(pg_stat_user_tables_seq_scan[5m]) > 1', 'stat_user_tables'],
    ['pg_replication_slot_slot_is_active == 0', 'replication_slot'],
  ])('keep what a rule on %s needs', (expr, collector) => {
    expect(rule(expr)).not.toMatch(new RegExp(`--no-collector\\.${collector}( |$)`));
    expect(rule(expr)).toContain('--no-collector.locks');
  });

  it('keep the settings where a rule reads one', () => {
    expect(rule('pg_settings_max_connections')).not.toContain('--disable-settings-metrics');
    expect(rule('pg_up == 0')).toContain('--disable-settings-metrics');
  });
});
