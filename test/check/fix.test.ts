import { describe, expect, it } from 'vitest';
import { checkStack, fixAll } from '../../src/check/index.ts';
import type { CheckFile } from '../../src/model/check.ts';
import { checkMended } from '../../src/report/check/mended.ts';
import { BASE, CASES, optionsFor, stackOf } from './support.ts';

const mend = (files: CheckFile[]): CheckFile[] => {
  const { files: changed } = fixAll(files, (now) => checkStack(now, optionsFor(now)).findings);
  return files.map((file) => changed.find((f) => f.path === file.path) ?? file);
};
const fixable = Object.entries(CASES)
  .flatMap(([id, cases]) => cases.map((one) => ({ id, files: stackOf(one, 'wrong') })))
  .filter(({ files }) => checkStack(files, optionsFor(files)).findings.some((f) => f.fix));

describe('--fix', () => {
  it('mends several kinds of findings', () => {
    expect(new Set(fixable.map(({ id }) => id)).size).toBeGreaterThanOrEqual(4);
  });

  it.each(fixable)(
    '$id: nothing is left to mend, nothing new is wrong, and mending again changes nothing',
    ({ id, files }) => {
      const mended = mend(files);
      expect(checkStack(mended, optionsFor(mended)).findings.map((f) => f.rule)).toEqual([]);
      expect(mend(mended)).toEqual(mended);
      // Only the file of the finding has changed.
      expect(
        mended.filter((file, i) => file.text !== files[i]?.text),
        id,
      ).toHaveLength(1);
    },
  );

  it('keeps comments and layout, and shows the lines that it changes', () => {
    const [path, written] = [
      'prometheus/rules/api.yml',
      'It answers {{ $value }} requests a second.',
    ];
    const files = BASE.map((f) =>
      f.path === path
        ? { ...f, text: f.text.replace(/It answers .* a second\.'/, `${written}'   # in words`) }
        : f,
    );
    const before = files.find((f) => f.path === path)?.text ?? '';
    const { files: changed, done } = fixAll(
      files,
      (now) => checkStack(now, optionsFor(now)).findings,
    );
    const mended = written.replace('$value', '$value | humanize');
    expect(changed).toEqual([{ path, text: before.replace(written, mended) }]);
    const line = before.slice(0, before.indexOf(written)).split('\n').length;
    expect(done).toEqual([
      {
        rule: 'template/raw-value',
        file: path,
        line,
        title: '{{ $value | humanize }}',
        before: [`          description: '${written}'   # in words`],
        after: [`          description: '${mended}'   # in words`],
      },
    ]);
    const shown = checkMended(done, { dryRun: true });
    expect(shown).toContain(`${path}:${line}: {{ $value | humanize }}`);
    expect(shown).toContain('would mend 1 place in 1 file');
  });

  it('of a dashboard in one line shows what changes', () => {
    const long = `${'x'.repeat(5000)}old${'y'.repeat(5000)}`;
    const shown = checkMended(
      [
        {
          rule: 'a/b',
          file: 'a.json',
          line: 1,
          title: 't',
          before: [long],
          after: [long.replace('old', 'new')],
        },
      ],
      { dryRun: false },
    );
    expect(shown).toMatch(/- …x+oldy+…\n {2}\+ …x+newy+…\nmended 1 place in 1 file$/);
    expect(shown.length).toBeLessThan(500);
  });

  it('a sound stack stays as it is, byte by byte', () => {
    expect(mend(BASE)).toEqual(BASE);
  });
});
