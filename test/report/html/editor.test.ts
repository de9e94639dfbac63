import { afterEach, describe, expect, it, vi } from 'vitest';
import { htmlReportOf } from '../../../src/commands/html-report.ts';
import { editorAddress } from '../../../src/report/html/client/editor.ts';
import { failed } from '../samples.ts';
import { wholeRun } from './input.ts';

describe('a place in a file', () => {
  it.each([
    [
      'vscode://file',
      '/srv/my stack/rules.yml:12:5',
      'vscode://file/srv/my%20stack/rules.yml:12:5',
    ],
    ['zed://file/', '/srv/a.yml:3', 'zed://file/srv/a.yml:3:1'],
    [
      'idea://open?file={path}&line={line}',
      '/srv/a#b.yml:3:9',
      'idea://open?file=/srv/a%23b.yml&line=3',
    ],
  ])('is opened by %s', (editor, place, address) =>
    expect(editorAddress(editor, place)).toBe(address),
  );
});

describe('the page', () => {
  afterEach(() => vi.unstubAllEnvs());
  const page = (editor: string): Promise<string> => {
    vi.stubEnv('GTV_EDITOR', editor);
    return htmlReportOf([wholeRun()], failed(), { stackDir: '/srv/stack' });
  };
  it('says where its places are opened, when somebody said in what', async () =>
    expect(await page('vscode://file')).toContain(
      'data-editor="vscode://file" data-root="/srv/stack/"',
    ));
  it.each(['', 'code', 'javascript://x', 'https://editor.example.org'])(
    'opens nothing in %j, and holds no path of this machine',
    async (editor) => expect(await page(editor)).not.toContain('data-root='),
  );
});
