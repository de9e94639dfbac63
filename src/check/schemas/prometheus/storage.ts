import { all } from '../shape.ts';
import type { Fields } from '../shape.ts';
import { tracingFields } from '../tracing.ts';

export const storage: Fields = {
  fields: {
    tsdb: {
      fields: {
        out_of_order_time_window: 'duration',
        stale_series_compaction_threshold: 'number',
        chunk_encoding: { fields: { floats: { oneOf: ['', 'xor', 'xor2'] } } },
        retention: { fields: { time: 'duration', size: 'size', percentage: 'number' } },
      },
    },
    exemplars: { fields: { max_exemplars: 'whole' } },
  },
};

export const tracing: Fields = {
  fields: {
    ...tracingFields,
    headers: { map: 'text' },
  },
  needs: all('endpoint'),
};

export const otlp: Fields = {
  fields: {
    promote_all_resource_attributes: 'flag',
    promote_resource_attributes: { list: 'text' },
    ignore_resource_attributes: { list: 'text' },
    translation_strategy: {
      oneOf: [
        '',
        'UnderscoreEscapingWithSuffixes',
        'UnderscoreEscapingWithoutSuffixes',
        'NoUTF8EscapingWithSuffixes',
        'NoTranslation',
      ],
    },
    keep_identifying_resource_attributes: 'flag',
    convert_histograms_to_nhcb: 'flag',
    promote_scope_metadata: 'flag',
    label_name_underscore_sanitization: 'flag',
    label_name_preserve_multiple_underscores: 'flag',
  },
  exclusive: [['promote_all_resource_attributes', 'promote_resource_attributes']],
};
