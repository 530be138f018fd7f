/** Moves the focus to the next panel (data-panel) that can be seen; round at the ends. */
export function focusPanel(direction: 1 | -1): void {
  const panels = [...document.querySelectorAll<HTMLElement>('[data-panel]')].filter((p) => p.offsetParent !== null);
  const now = panels.findIndex((panel) => panel.contains(document.activeElement));
  const next = panels[(now + direction + panels.length + (now < 0 && direction < 0 ? 1 : 0)) % panels.length];
  if (!next) return;
  const inside = next.querySelector<HTMLElement>('[data-place="timeline"], textarea, [tabindex="0"], button');
  (next.matches('[data-panel="editor"]')
    ? (next.querySelector<HTMLElement>('.native-edit-context, textarea') ?? inside)
    : inside
  )?.focus();
}
