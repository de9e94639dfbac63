import { describe, expect, it } from 'vitest';
import type { AlertProof, ProofFinding, ProofJudgement } from '../../src/model/proof-verdict.ts';
import { proofAnnotations } from '../../src/report/proof/annotations.ts';
import { proofJson } from '../../src/report/proof/json.ts';
import { proofPage } from '../../src/report/proof/page.ts';
import { proofSummary } from '../../src/report/proof/summary.ts';
import { proofText } from '../../src/report/proof/text.ts';

const ref = (name: string, index: number) => ({
  file: 'rules.yml',
  line: 10 * (index + 1),
  group: 'g',
  name,
  index,
});
const proof = (name: string, index: number, over: Partial<AlertProof> = {}): AlertProof => ({
  alert: ref(name, index),
  outcome: 'proved',
  why: '',
  firedAfterMs: 4_000,
  toldAfterMs: 1_000,
  receivers: ['team'],
  message: `[FIRING] ${name} <script>alert(1)</script>`,
  life: {
    startMs: 0,
    overAtMs: 5_000,
    calmAtMs: 12_000,
    endMs: 20_000,
    pending: [[6_000, 8_000]],
    firing: [[8_000, 13_000]],
    toldMs: 9_000,
  },
  findings: [],
  ...over,
});
const nobody: ProofFinding = {
  id: 'nobody-told',
  level: 'failure',
  source: { file: 'rules.yml', line: 20, column: 1 },
  expected: 'a notification within 3.0 s of firing',
  seen: 'none',
  likelyCause: 'it is inhibited by Other, which comes with it',
};
const judgement: ProofJudgement = {
  schemaVersion: 1,
  stackName: 'shop',
  speed: 30,
  speedReason: '30 is the most that a run keeps time at',
  outcome: 'fail',
  exitCode: 1,
  alerts: 5,
  solved: 4,
  promised: null,
  proofs: [
    proof('Slow', 0),
    proof('Hidden', 1, { outcome: 'failed', findings: [nobody], receivers: [], toldAfterMs: null }),
    proof('Nightly', 2, { outcome: 'virtual', why: 'it fires by the time of day' }),
    proof('Doubted', 3, { outcome: 'inconclusive', why: 'Prometheus missed 3 evaluations' }),
  ],
  unsolved: [
    {
      alert: ref('Never', 4),
      kind: 'unsatisfiable',
      reason: '`x > 2 and x < 1` never holds',
      part: { from: 0, to: 1 },
    },
  ],
  findings: [],
  notes: ['`url_file` is read from a file of the run’s own'],
  startedAt: Date.UTC(2030, 0, 1),
  lengthMs: 20_000,
  interruption: null,
  wallMs: 42_000,
  versions: { prometheus: '3.1.0' },
};
const assets = {
  script: '',
  styles: '',
  guide: '## nobody-told\n\nNobody.\n**Mend:** the route.\n',
};

describe('the page of a proof', () => {
  const page = proofPage(judgement, '20300101-000000-ab12', assets);

  it('says for each alert in which way it was proved', () => {
    const ways = [...page.matchAll(/<h3>.*? (\w+)<\/h3><p class="facts">([^<]+)</g)];
    expect(Object.fromEntries(ways.map(([, name, way]) => [name, way]))).toEqual({
      Never: 'can never fire',
      Hidden: 'failed',
      Doubted: 'not judged',
      Slow: 'live, from scrape to receiver',
      Nightly: 'in virtual time',
    });
  });

  it('says of what was proved in virtual time alone who saw it fire, and why', () => {
    const alone = proof('Aged', 7, {
      ...({ outcome: 'virtual', why: '`hour()` reads the clock' } as const),
      ...{ firedAfterMs: null, toldAfterMs: null, life: null },
    });
    const unseen = { ...alone, outcome: 'inconclusive' } as const;
    const shown = (one: AlertProof): string =>
      proofPage({ ...judgement, proofs: [one] }, '20300101-000000-ab12', assets);
    expect(shown(alone)).toContain('<p class="facts"><code>hour()</code> reads the clock</p>');
    expect(shown(alone)).toContain('<summary>promtool saw it fire</summary>');
    expect(shown(unseen)).toContain('<summary>it was not seen firing</summary>');
  });

  it('opens what failed, and what failed stands first', () => {
    expect(page.indexOf('id="alert-1-Hidden"')).toBeLessThan(page.indexOf('id="alert-0-Slow"'));
    expect([...page.matchAll(/<details open>/g)]).toHaveLength(1);
  });

  it('counts in its badge what its headline counts', () => {
    expect(page).toContain('Failed: 1 of 5 alerts proved live, 1 failed, 1 can never fire');
    expect(page).toContain('Findings <span class="badge">1</span>');
  });

  it('leads to each finding, and says how to mend it', () => {
    expect(page).toContain('href="#finding-Hidden-nobody-told"');
    expect(page).toContain('id="finding-Hidden-nobody-told"');
    expect(page).toContain('<dt>how to mend</dt><dd>the route.</dd>');
  });

  it('shows what was recorded and never runs it', () => {
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).not.toContain('<script>alert');
  });
});

describe('what a pipeline is told of a proof', () => {
  it('is an error at each place to mend, and a warning for what was not judged', () => {
    const lines = proofAnnotations(judgement, { stackDir: '/r/shop', rootDir: '/r' });
    expect(lines).toEqual([
      expect.stringMatching(
        /^::error file=shop\/rules.yml,line=20,col=1,title=Hidden%3A nobody-told::/,
      ),
      expect.stringMatching(
        /^::error file=shop\/rules.yml,line=50,col=1,title=Never can never fire::/,
      ),
      expect.stringMatching(/^::warning title=1 could not be judged::Prometheus missed 3/),
    ]);
  });

  it('is a table of what failed', () => {
    const summary = proofSummary(judgement, 'shop');
    expect(summary).toContain('## ❌ Failed: 1 of 5 alerts proved live');
    expect(summary).toContain('| ❌ | Hidden | nobody-told | shop/rules.yml:20:1 |');
    expect(summary).toContain('| ❌ | Never | can never fire | shop/rules.yml:50 |');
    expect(summary).toContain('1 could not be judged: Prometheus missed 3 evaluations');
  });
});

it('every report of a proof says why it ended early: of what was proved none tells', () => {
  const why = 'the run was interrupted';
  const cut: ProofJudgement = {
    ...judgement,
    ...({ outcome: 'inconclusive', exitCode: 2, proofs: [proof('Slow', 0)] } as const),
    ...{ unsolved: [], interruption: why },
  };
  const told = `The run ended early: ${why}`;
  expect(proofText(cut, { color: false, width: 100, runDir: '/runs/x' })).toContain(told);
  expect(proofSummary(cut, 'shop')).toContain(`⚠️ ${told}`);
  expect(proofAnnotations(cut, { stackDir: '/r/shop', rootDir: '/r' })).toEqual([
    `::warning title=interrupted::${told}`,
  ]);
  expect(proofPage(cut, '20300101-000000-ab12', assets)).toContain(why);
  expect(JSON.parse(proofJson(cut))).toMatchObject({ outcome: 'inconclusive', interruption: why });
});

describe('the text of a proof', () => {
  it('tells a reason that many alerts share once', () => {
    const many = Array.from({ length: 40 }, (_, i) =>
      proof(`A${i}`, i, { outcome: 'inconclusive', why: 'prometheus ended by itself' }),
    );
    const text = proofText(
      { ...judgement, proofs: many, unsolved: [] },
      { color: false, width: 100, runDir: '/runs/x' },
    );
    expect(text.match(/prometheus ended by itself/g)).toHaveLength(1);
    expect(text).toContain('40 alerts not judged: A0, A1, A2, A3, A4, A5 and 34 more');
  });

  it.each([60, 80])('keeps within %i columns', (width) => {
    const why = '`time()` reads the clock or takes plain seconds: it is proved at speed 1 alone';
    const text = proofText(
      {
        ...judgement,
        proofs: [...judgement.proofs, proof('BackupGone', 9, { outcome: 'virtual', why })],
      },
      { color: false, width, runDir: '/runs/x' },
    );
    expect(text.split('\n').filter((line) => line.length > width)).toEqual([]);
    expect(text.replace(/\s+/g, ' ')).toContain(why);
  });
});
