import { describe, expect, it } from 'vitest';
import { checkStack, fixAll } from '../../src/check/index.ts';
import type { CheckFile } from '../../src/model/check.ts';
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

  it('keeps comments and layout', () => {
    const files = BASE.map((f) =>
      f.path === 'alertmanager/alertmanager.yml'
        ? {
            ...f,
            text: f.text.replace(
              '      - channel: "#ops"\n        send_resolved: true\n',
              '      - channel: "#ops"   # the room of all\n',
            ),
          }
        : f,
    );
    const before = files.find((f) => f.path === 'alertmanager/alertmanager.yml')?.text ?? '';
    const after = mend(files).find((f) => f.path === 'alertmanager/alertmanager.yml')?.text ?? '';
    expect(after).toBe(
      before.replace(
        '      - channel: "#ops"   # the room of all\n',
        '      - send_resolved: true\n        channel: "#ops"   # the room of all\n',
      ),
    );
  });

  it('a sound stack stays as it is, byte by byte', () => {
    expect(mend(BASE)).toEqual(BASE);
  });
});
