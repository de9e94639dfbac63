/**
 * The address that opens a place in an editor (`vscode://file/srv/stack/rules.yml:12:5`).
 * @param editor what stands before the path (`vscode://file`), or an address with `{path}`, and
 * with `{line}` and `{column}` where it wants them apart
 * @param place an absolute path with line and column: `/srv/stack/rules.yml:12:5`
 */
export function editorAddress(editor: string, place: string): string {
  const [, path = place, line = '1', column = '1'] =
    /^(.*?)(?::(\d+))?(?::(\d+))?$/.exec(place) ?? [];
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  return editor.includes('{path}')
    ? editor.replace('{path}', encoded).replace('{line}', line).replace('{column}', column)
    : `${editor.replace(/\/$/, '')}${encoded}:${line}:${column}`;
}
