import { describe, expect, it } from 'vitest';
import { brokenTexts } from '../../src/prove/judge/texts.ts';
import { asksBack } from '../../src/prove/plan/asks-back.ts';
import { readStack } from '../../src/stack/index.ts';
import { proofPlanOf } from './support.ts';
import { LABELS, track } from './worlds/lived.ts';

describe('a text that asks Prometheus for other series', () => {
  it.each([
    [`{{ with query "up" }}{{ . | first | value }}{{ end }}`, true],
    [`{{ printf "x{job='%s'}" .Labels.job | query | first | value }}`, true],
    [`{{ range printf "x{job='%s'}" .Labels.job | query }}- {{ .Labels.host }}{{ end }}`, true],
    [`{{ $a := (query "up") }}{{ len $a }}`, true],
    [`the query {{ $labels.query }} is slow`, false],
    [`{{ printf "%s" "query" }}`, false],
  ])('is known: %s', (text, asks) => expect(asksBack(text)).toBe(asks));

  it('is not judged by what this world has, any other is', () => {
    const text = '<error expanding template: error calling first: no elements>';
    const evidence = { annotations: [{ labels: LABELS, annotations: { summary: text } }] };
    expect(brokenTexts(evidence, { ...track, asksBack: ['summary'] })).toEqual([]);
    expect(brokenTexts(evidence, { ...track, asksBack: ['description'] })).toEqual([
      { name: 'summary', text },
    ]);
  });

  it('is proved live, and said not to be judged', () => {
    const summary = `{{ with printf "disks{pool='%s'}" $labels.pool | query }}{{ len . }}{{ end }}`;
    const plan = proofPlanOf(
      readStack([
        {
          path: 'rules.yml',
          text: JSON.stringify({
            groups: [
              {
                name: 'g',
                rules: [{ alert: 'PoolFull', expr: 'full > 0.9', annotations: { summary } }],
              },
            ],
          }),
        },
      ]),
      60,
    );
    expect(plan.tracks).toMatchObject([{ way: 'live', asksBack: ['summary'] }]);
    expect(plan.notes.join('\n')).toContain(
      '`query` for series that only the real stack has: Pool',
    );
  });
});
