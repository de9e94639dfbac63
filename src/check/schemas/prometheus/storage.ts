import { all } from '../shape.ts';
import type { Fields, List } from '../shape.ts';
import { tracingFields } from '../tracing.ts';
import { headers } from './headers.ts';

export const storage: Fields = {
  fields: {
    tsdb: {
      fields: {
        out_of_order_time_window: 'duration',
        stale_series_compaction_threshold: 'number',
        chunk_encoding: { fields: { floats: { oneOf: ['', 'xor', 'xor2'] } } },
        retention: { fields: { time: 'duration', size: 'size', percentage: 'percentage' } },
      },
    },
    exemplars: { fields: { max_exemplars: 'whole' } },
  },
};

export const tracing: Fields = {
  fields: {
    ...tracingFields,
    headers,
  },
  needs: all('endpoint'),
};

const attributes: List = { list: 'filled', filled: true, unique: true };

export const otlp: Fields = {
  fields: {
    promote_all_resource_attributes: 'flag',
    promote_resource_attributes: attributes,
    ignore_resource_attributes: attributes,
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
  needs: [{ when: ['ignore_resource_attributes'], oneOf: ['promote_all_resource_attributes'] }],
  exclusive: [['promote_all_resource_attributes', 'promote_resource_attributes']],
};
