import { createSignal, type Accessor } from 'solid-js';

/** What the Spec tab shows: the clauses that the step touched, all of its call, the audit of a text, or the report. */
export type SpecView = 'step' | 'call' | 'audit' | 'report';

/** What a person chose in the Spec tab: it is still there when the tab is opened again. */
export interface SpecShelf {
  readonly view: Accessor<SpecView>;
  setView(view: SpecView): void;
  /** The text to audit. */
  readonly text: Accessor<string>;
  setText(text: string): void;
  /** Specifications that stand in for ours, as a text; '' for none. */
  readonly by: Accessor<string>;
  setBy(text: string): void;
  /** Runtime checks are shown. */
  readonly checks: Accessor<boolean>;
  setChecks(on: boolean): void;
}

/** Makes an empty shelf. */
export function createSpecShelf(): SpecShelf {
  const [view, setView] = createSignal<SpecView>('step');
  const [text, setText] = createSignal('');
  const [by, setBy] = createSignal('');
  const [checks, setChecks] = createSignal(false);
  return { view, setView, text, setText, by, setBy, checks, setChecks };
}
