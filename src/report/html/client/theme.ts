import { byId } from './page.ts';

export interface Theme {
  toggle: () => void;
  /**
   * Shows the page in these colours for a while (printing), without remembering it; null: back to
   * what was chosen.
   */
  force: (theme: 'light' | null) => void;
  onChange: (listener: () => void) => void;
}

const KEY = 'gtv-report-theme';

/** Light or dark: as the reader has chosen here before, else as the system says. */
export function startTheme(): Theme {
  const root = document.documentElement;
  const button = byId('theme');
  const system = matchMedia('(prefers-color-scheme: dark)');
  const listeners: (() => void)[] = [];
  let chosen = remembered();
  const show = (theme: string): void => {
    root.dataset['theme'] = theme;
    button.textContent = theme === 'dark' ? 'Light' : 'Dark';
    for (const listener of listeners) listener();
  };
  const current = (): string => chosen ?? (system.matches ? 'dark' : 'light');
  const toggle = (): void => {
    chosen = current() === 'dark' ? 'light' : 'dark';
    try {
      localStorage.setItem(KEY, chosen);
    } catch {
      // A page opened as a file may have no storage: then it is remembered until it is closed.
    }
    show(chosen);
  };
  system.addEventListener('change', () => show(current()));
  button.addEventListener('click', toggle);
  show(current());
  return {
    toggle,
    force: (theme) => show(theme ?? current()),
    onChange: (listener) => void listeners.push(listener),
  };
}

function remembered(): string | null {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'dark' || value === 'light' ? value : null;
  } catch {
    return null;
  }
}
