import { commandOf, strokeOf, type Command } from '../app/commands';

const TEXT = 'input, textarea, select, [contenteditable], [data-place="text"]';
/** Widgets that use arrows, Home, End and Space themselves. */
const OWN_KEYS =
  '[role="tablist"], [role="grid"], [role="menu"], [role="separator"], [role="slider"], dialog, [popover], [data-keys]';
const MOVES = /^(Arrow|Home|End|Page|Space|Enter)/;

type Place = 'text' | 'timeline' | 'free' | 'other';

/** Answers to keys all over the page. Returns what takes it back. */
export function listenForKeys(commands: readonly Command[]): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || event.defaultPrevented) return;
    const stroke = strokeOf(event);
    const place = placeOf(event.target, stroke);
    const command = place && commandOf(commands, stroke, place);
    if (!command) return;
    event.preventDefault();
    event.stopPropagation();
    if (!command.byButton) command.run();
    else if (!event.repeat) pressButton(command.id);
  };
  document.addEventListener('keydown', onKeyDown, true); // before the editor, which has a use for some of them
  return () => document.removeEventListener('keydown', onKeyDown, true);
}

/** The first press gives a button the focus, the second one clicks; one that is not shown does nothing. */
function pressButton(id: string): void {
  const button = document.querySelector<HTMLElement>(`[data-command="${id}"]`);
  if (document.activeElement === button) button?.click();
  else button?.focus();
}

function placeOf(target: EventTarget | null, stroke: string): Place | null {
  if (!(target instanceof Element)) return 'free';
  if (target.closest('dialog')) return null;
  if (stroke === 'Escape' && (document.querySelector(':popover-open') || target.closest('[data-escape]'))) return null; // it closes that first
  if (target.closest(TEXT)) return 'text';
  if (target.closest('[data-place="timeline"]')) return 'timeline';
  if (!MOVES.test(stroke)) return 'other';
  if (target.closest(OWN_KEYS)) return null;
  return target.closest('button, a, [tabindex]') ? null : 'free';
}
