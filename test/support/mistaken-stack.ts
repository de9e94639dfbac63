/** Rules in which every mistake can be made, and for a few of which nothing would tell. */
export const MISTAKEN_RULES = `groups:
  - name: fast
    interval: 30s
    rules:
      - record: job:errors:ratio
        expr: sum by (job) (rate(e_total{code=~"5.."}[5m])) / sum by (job) (rate(e_total[5m]))
      - alert: ErrorsHigh
        expr: job:errors:ratio > 0.05
        for: 5m
        keep_firing_for: 10m
        labels: { severity: critical, team: video }
        annotations:
          summary: "Errors of {{ $labels.job }}"
          description: "They are {{ $value | humanizePercentage }}."
      - alert: QueueLong
        expr: queue_length * 2 > 100
        annotations: { summary: "Queue of {{ $labels.queue }}", description: It is long. }
      - alert: Slow
        expr: histogram_quantile(0.95, sum by (job, le) (rate(took_bucket[5m]))) > 2
      - alert: NotUpToDate
        expr: built == bool 0 and on (job) up unless on (job) paused
  - name: slow
    interval: 1m
    rules:
      - alert: Full
        expr: used_bytes{disk="a"} / on (instance, disk) group_left (pool) size_bytes > 0.8
        for: 2m
      - alert: Fell
        expr: visitors < visitors offset 1h / 2
      - alert: Ended
        expr: jobs_done @ end() > 5
`;
