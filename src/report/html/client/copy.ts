/** How long a button says that its place was copied, ms. */
const TOLD_MS = 1_500;

/**
 * A button beside each place in a file that copies it as editors open it (`code --goto`, `subl`,
 * `vim +line`): file, line and column, below the stack's folder.
 */
export function startCopying(): void {
  const { stack = '' } = document.body.dataset;
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
  }
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
