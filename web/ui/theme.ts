import { createMemo, createSignal, onCleanup, type Accessor } from 'solid-js';

/** A look of the page. */
export type Theme = 'light' | 'dark' | 'contrast';
/** What a person chose: a look, or to follow the system. */
export type ThemeChoice = Theme | 'system';

const KEY = 'mlock-playground.theme';
/** All choices, in the order of the menu. */
export const THEMES: readonly ThemeChoice[] = ['system', 'light', 'dark', 'contrast'];

/** What a choice is called: "As the system", "Dark". */
export const themeTitle = (theme: ThemeChoice): string =>
  theme === 'system' ? 'As the system' : theme[0]!.toUpperCase() + theme.slice(1);

/** Follows the system until the person chooses, and tells the style sheets by <html data-theme>. */
export function createTheme(storage: Pick<Storage, 'getItem' | 'setItem'>): {
  theme: Accessor<Theme>;
  choice: Accessor<ThemeChoice>;
  choose(choice: ThemeChoice): void;
} {
  const stored = storage.getItem(KEY) as ThemeChoice | null;
  const [choice, setChoice] = createSignal<ThemeChoice>(stored && THEMES.includes(stored) ? stored : 'system');
  const dark = createQuery('(prefers-color-scheme: dark)');
  const contrast = createQuery('(prefers-contrast: more)');
  const theme = createMemo<Theme>(() => {
    const chosen = choice();
    const look = chosen !== 'system' ? chosen : contrast() ? 'contrast' : dark() ? 'dark' : 'light';
    document.documentElement.dataset['theme'] = look;
    return look;
  });
  return {
    theme,
    choice,
    choose(next) {
      setChoice(next);
      try {
        storage.setItem(KEY, next);
      } catch {
        // the browser keeps nothing: the choice holds for this visit
      }
    },
  };
}

/** Follows a media query. */
export function createQuery(query: string): Accessor<boolean> {
  const list = matchMedia(query);
  const [matches, setMatches] = createSignal(list.matches);
  const follow = () => setMatches(list.matches);
  list.addEventListener('change', follow);
  onCleanup(() => list.removeEventListener('change', follow));
  return matches;
}
