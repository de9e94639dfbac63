import { editorAddress } from './editor.ts';

/** How long a button says that its place was copied, ms. */
const TOLD_MS = 1_500;

/**
 * A button beside each place in a file that copies it as editors open it (`code --goto`, `subl`,
 * `vim +line`): file, line and column, below the stack's folder; and a link that opens it, where
 * somebody said in which editor.
 */
export function startCopying(): void {
  const { stack = '', editor, root } = document.body.dataset;
  for (const place of document.querySelectorAll<HTMLElement>('.where')) {
    const path = `${stack}${place.textContent}`;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = 'Copy';
    button.title = `Copy ${path}`;
    button.setAttribute('aria-label', `Copy ${path}`);
    button.addEventListener('click', () => void copied(button, place, path));
    place.after(button);
    if (editor !== undefined && root !== undefined)
      button.after(openIn(editorAddress(editor, `${root}${place.textContent}`)));
  }
}

/** Beside the button: the place itself stays a text to be marked. */
function openIn(address: string): HTMLElement {
  const link = document.createElement('a');
  link.className = 'copy';
  link.textContent = 'Open';
  link.href = address;
  link.title = address;
  return link;
}

async function copied(button: HTMLElement, place: HTMLElement, path: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(path);
    button.textContent = 'Copied';
  } catch {
    // A browser that gives pages no clipboard: the reader copies what is selected.
    getSelection()?.selectAllChildren(place);
    button.textContent = 'Selected';
  }
  setTimeout(() => (button.textContent = 'Copy'), TOLD_MS);
}
