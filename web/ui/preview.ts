import { createSignal, type Accessor } from 'solid-js';

/** The step that the pointer is over: outlined in timeline, log and editor. It never changes the selection. */
export interface Preview {
  readonly step: Accessor<number | null>;
  show(step: number | null): void;
}

/** Makes a preview that shows nothing. */
export function createPreview(): Preview {
  const [step, show] = createSignal<number | null>(null);
  return { step, show };
}
