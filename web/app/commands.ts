// Everything that a person can do is one row: menus, keys, the palette and the help read the rows.
import { defaultSettings, type Fix, type Run } from '../run/model';
import { MOST } from '../share/link';
import { nextFailure } from './select';
import type { Store } from './store';
import { count } from './words';

/** Where a key works: everywhere, outside of text fields, or only in the timeline (or where nothing has the focus). */
export type Where = 'everywhere' | 'outside text' | 'timeline';

/** One thing that a person can do. */
export interface Command {
  readonly id: string;
  readonly title: string;
  /** "Ctrl+K", "Shift+N", "ArrowLeft", "?"; several parted by a space. '' for none. */
  readonly key: string;
  readonly where: Where;
  /** Its key presses the button that has its id (data-command), which shows first what would come. */
  readonly byButton?: boolean;
  when(): boolean;
  run(): void;
}

/** What can be asked of the picture of the address space. */
export interface PictureActions {
  fit(): void;
  zoomIn(): void;
  zoomOut(): void;
  zoomAll(): void;
  nextVma(direction: 1 | -1): void;
}

/** What can be asked of the editor. */
export interface EditorActions {
  format(): void;
  goToDefinition(): void;
}

/** What commands need of the page besides the store. */
export interface PageActions {
  share(): void;
  showExamples(): void;
  showCommands(): void;
  showHelp(): void;
  togglePlay(): void;
  /** Plays faster (1) or slower (-1). */
  changeSpeed(direction: 1 | -1): void;
  focusFilter(): void;
  /** Selects the next step that the filter lets through, or the one before. */
  nextMatch(direction: 1 | -1): void;
  /** Opens the choice of a step to compare with. */
  showCompare(): void;
  focusPanel(direction: 1 | -1): void;
  /** Copies the selected step: as JSON, or its drawing. */
  copyStep(as: 'json' | 'drawing'): void;
  /** null while no picture is shown. */
  picture(): PictureActions | null;
  /** null while the text stands in a plain area. */
  editor(): EditorActions | null;
  setInlays(choice: 'both' | 'result' | 'change' | 'off'): void;
  setTheme(theme: 'system' | 'light' | 'dark' | 'contrast'): void;
  readonly motion: { on(): boolean; set(on: boolean): void };
}

const INLAYS = [
  ['both', 'result and change of locked_vm'],
  ['result', 'result'],
  ['change', 'change of locked_vm'],
  ['off', 'nothing'],
] as const;

const always = (): boolean => true;

/** Finds what a fix at the cursor can mend: the first error that knows its fix. */
export const firstFix = (run: Run | null): Fix | null =>
  run?.diagnostics.find(({ severity, fix }) => severity === 'error' && fix)?.fix ?? null;

/** Makes the rows. They are values: what changes is what `when` and `run` look at. */
export function createCommands(store: Store, page: PageActions): readonly Command[] {
  const steps = () => store.steps();
  const length = () => steps()?.length ?? 0;
  const failure = (direction: 1 | -1) => {
    const columns = steps();
    return columns ? nextFailure(columns, store.step(), direction) : 0;
  };
  const fixes = () => (store.stale() ? [] : (store.view()?.why.fixes ?? []));
  const row = (id: string, title: string, key: string, where: Where, run: () => void, when = always): Command => ({
    id,
    title,
    key,
    where,
    when,
    run,
  });
  const hasSteps = () => length() > 0;
  const hasView = () => store.view() !== null;
  const picture = (id: string, title: string, key: string, run: (actions: PictureActions) => void) =>
    row(
      id,
      title,
      key,
      'outside text',
      () => run(page.picture()!),
      () => page.picture() !== null,
    );
  return [
    row(
      'step.back',
      'Step back',
      'ArrowLeft',
      'timeline',
      () => store.goTo(store.step() - 1),
      () => store.step() > 0,
    ),
    row(
      'step.on',
      'Step on',
      'ArrowRight',
      'timeline',
      () => store.goTo(store.step() + 1),
      () => store.step() < length(),
    ),
    row(
      'step.back.any',
      'Step back, also from the editor',
      'Alt+ArrowLeft',
      'everywhere',
      () => store.goTo(store.step() - 1),
      hasSteps,
    ),
    row(
      'step.on.any',
      'Step on, also from the editor',
      'Alt+ArrowRight',
      'everywhere',
      () => store.goTo(store.step() + 1),
      hasSteps,
    ),
    row('step.first', 'First step', 'Home', 'timeline', () => store.goTo(1), hasSteps),
    row('step.last', 'Last step', 'End', 'timeline', () => store.goTo(length()), hasSteps),
    row('step.start', 'The process before its first call', '', 'timeline', () => store.goTo(0), hasSteps),
    row('play', 'Play or pause', 'Space', 'timeline', page.togglePlay, hasSteps),
    row('play.faster', 'Play faster', '>', 'outside text', () => page.changeSpeed(1)),
    row('play.slower', 'Play slower', '<', 'outside text', () => page.changeSpeed(-1)),
    row('filter', 'Filter the steps', '/', 'outside text', page.focusFilter, hasSteps),
    row('filter.next', 'Next step that the filter lets through', '', 'everywhere', () => page.nextMatch(1), hasSteps),
    row('filter.previous', 'Previous step of the filter', '', 'everywhere', () => page.nextMatch(-1), hasSteps),
    row('compare', 'Compare with another step', 'C', 'outside text', page.showCompare, hasSteps),
    row('compare.keep', 'Compare the steps I go to with this one', '', 'everywhere', () =>
      store.compareWith(store.step()),
    ),
    row('compare.start', 'Compare with the start image', '', 'everywhere', () => store.compareWith(0), hasSteps),
    row(
      'compare.off',
      'Compare with the step before again',
      'Escape',
      'outside text',
      () => store.compareWith(null),
      () => store.compare() !== null,
    ),
    row(
      'failure.next',
      'Next failure',
      'N',
      'outside text',
      () => store.goTo(failure(1)),
      () => failure(1) > 0,
    ),
    row(
      'failure.previous',
      'Previous failure',
      'Shift+N',
      'outside text',
      () => store.goTo(failure(-1)),
      () => failure(-1) > 0,
    ),
    ...[0, 1, 2].map((i) => ({
      ...row(
        `fix.${i + 1}`,
        `Apply fix ${i + 1} of the selected step; its key shows it first`,
        String(i + 1),
        'outside text',
        () => store.applyFix(fixes()[i]!, store.run()),
        () => i < fixes().length,
      ),
      byButton: true,
    })),
    row(
      'fix.error',
      'Mend the first error',
      'Ctrl+.',
      'everywhere',
      () => store.applyFix(firstFix(store.current())!, store.current()),
      () => firstFix(store.current()) !== null,
    ),
    ...INLAYS.map(([choice, title]) =>
      row(`inlays.${choice}`, `Behind the calls: ${title}`, '', 'everywhere', () => page.setInlays(choice)),
    ),
    row(
      'format',
      'Format the text',
      'Alt+Shift+F',
      'everywhere',
      () => page.editor()!.format(),
      () => page.editor() !== null,
    ),
    row(
      'definition',
      'Go to the definition of the name at the cursor',
      'F12',
      'everywhere',
      () => page.editor()!.goToDefinition(),
      () => page.editor() !== null,
    ),
    row('share', 'Copy the share link', 'Ctrl+S', 'everywhere', page.share),
    row('copy.json', 'Copy the step as JSON', '', 'everywhere', () => page.copyStep('json'), hasView),
    row('copy.drawing', 'Copy the drawing of the step', '', 'everywhere', () => page.copyStep('drawing'), hasView),
    row('examples', 'Open an example', '', 'everywhere', page.showExamples),
    row('text.back', 'Back to my text', '', 'everywhere', store.back, store.hasCovered),
    row(
      'limits.raise',
      `Allow ${count(MOST.max_steps)} steps, ${MOST.max_ms / 1000} seconds`,
      '',
      'everywhere',
      () => store.setSettings(MOST),
      () => store.settings().max_ms < MOST.max_ms,
    ),
    row(
      'limits.default',
      'Back to the usual limits of a run',
      '',
      'everywhere',
      () => store.setSettings(defaultSettings),
      () => store.settings() !== defaultSettings,
    ),
    picture('picture.fit', 'Fit the picture to the change', 'F', (actions) => actions.fit()),
    picture('picture.in', 'Zoom in', '+', (actions) => actions.zoomIn()),
    picture('picture.out', 'Zoom out', '-', (actions) => actions.zoomOut()),
    picture('picture.all', 'Show the whole address space', '0', (actions) => actions.zoomAll()),
    picture('vma.next', 'Next VMA', ']', (actions) => actions.nextVma(1)),
    picture('vma.previous', 'Previous VMA', '[', (actions) => actions.nextVma(-1)),
    row('theme.system', 'Theme: as the system', '', 'everywhere', () => page.setTheme('system')),
    row('theme.light', 'Theme: light', '', 'everywhere', () => page.setTheme('light')),
    row('theme.dark', 'Theme: dark', '', 'everywhere', () => page.setTheme('dark')),
    row('theme.contrast', 'Theme: contrast', '', 'everywhere', () => page.setTheme('contrast')),
    row('motion.off', 'Motion: off', '', 'everywhere', () => page.motion.set(false), page.motion.on),
    row(
      'motion.on',
      'Motion: on, unless the system asks for less',
      '',
      'everywhere',
      () => page.motion.set(true),
      () => !page.motion.on(),
    ),
    row('panel.next', 'Next panel', 'F6', 'everywhere', () => page.focusPanel(1)),
    row('panel.previous', 'Previous panel', 'Shift+F6', 'everywhere', () => page.focusPanel(-1)),
    row('commands', 'Commands', 'Ctrl+K', 'everywhere', page.showCommands),
    row('help', 'Help: all keys', '?', 'outside text', page.showHelp),
  ];
}

/** What of a key event decides. */
export type Stroke = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** Writes a key event as rows write keys. Meta counts as Ctrl; Shift is only told where the key does not tell it. */
export function strokeOf({ key, ctrlKey, metaKey, altKey, shiftKey }: Stroke): string {
  const name = key === ' ' ? 'Space' : key.length === 1 ? key.toUpperCase() : key;
  const isLetter = /^[A-Z]$/.test(name);
  const shift = shiftKey && (isLetter || name.length > 1) ? 'Shift+' : '';
  return `${ctrlKey || metaKey ? 'Ctrl+' : ''}${altKey ? 'Alt+' : ''}${shift}${name}`;
}

/** Finds the row that a key stands for in this place, or null. */
export function commandOf(
  commands: readonly Command[],
  stroke: string,
  place: 'text' | 'timeline' | 'free' | 'other',
): Command | null {
  const fits = ({ where }: Command) =>
    where === 'everywhere' ||
    (place !== 'text' && (where === 'outside text' || place === 'timeline' || place === 'free'));
  return commands.find((command) => command.key === stroke && fits(command) && command.when()) ?? null;
}

/** Writes a key for people: "←", "Ctrl K". */
export const keyText = (key: string): string =>
  key
    .replace(/\+(?=.)/g, ' ')
    .replace('ArrowLeft', '←')
    .replace('ArrowRight', '→')
    .replace(/^-$/, '−');
