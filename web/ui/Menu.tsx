import { createSignal, createUniqueId, Show, type JSX } from 'solid-js';

interface MenuProps {
  label: string;
  icon: JSX.Element;
  class?: string;
  /** Buttons with a menu role. */
  children: (close: () => void) => JSX.Element;
}

/** A button with a small menu: arrows move, Escape closes, as everywhere. */
export function Menu(props: MenuProps) {
  const id = createUniqueId();
  const [open, setOpen] = createSignal(false);
  let button!: HTMLButtonElement;
  let menu!: HTMLDivElement;
  const items = () => [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]')];
  const onToggle = (event: ToggleEvent) => {
    setOpen(event.newState === 'open');
    if (event.newState !== 'open') return;
    place(menu, button);
    queueMicrotask(() => (items().find((item) => item.ariaChecked === 'true') ?? items()[0])?.focus());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    all.at(next % all.length)?.focus();
  };
  return (
    <span class={`menu ${props.class ?? ''}`}>
      <button
        ref={button}
        class="button quiet"
        aria-label={props.label}
        title={props.label}
        aria-haspopup="menu"
        aria-expanded={open()}
        popovertarget={id}
      >
        {props.icon}
      </button>
      <div
        ref={menu}
        id={id}
        class="menu-list"
        popover="auto"
        role="menu"
        aria-label={props.label}
        onToggle={onToggle}
        onKeyDown={onKeyDown}
      >
        <Show when={open()}>{props.children(() => menu.hidePopover())}</Show>
      </div>
    </span>
  );
}

/** Puts a popover below its button, inside of the window. */
export function place(popover: HTMLElement, button: HTMLElement): void {
  const at = button.getBoundingClientRect();
  const { width } = popover.getBoundingClientRect();
  popover.style.top = `${at.bottom + 4}px`;
  popover.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
}
