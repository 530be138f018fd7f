import { Show } from 'solid-js';
import type { Foot, Kind } from './cells';

interface CellProps {
  kind: Kind;
  letter: string;
  foot?: Foot;
  mlock_count?: number;
  changed?: boolean;
  /** Only the letter, as in the legend. */
  small?: boolean;
}

const NAMES: Partial<Record<Kind, string>> = { zero: 'zero', anon: 'anon', file: 'file', swap: 'swap', guard: 'guard' };

/** One page in markup: the same three storeys as on the canvas. It says nothing: what is around it has the words. */
export function Cell(props: CellProps) {
  return (
    <span
      class={`cell ${props.kind}`}
      classList={{ small: props.small ?? false, changed: props.changed ?? false }}
      aria-hidden="true"
    >
      <b>{props.letter}</b>
      <Show when={!props.small}>
        <small>{NAMES[props.kind] ?? ''}</small>
        <i class={`foot ${props.foot ?? 'none'}`}>{props.foot === 'pinned' ? `×${props.mlock_count ?? 0}` : ''}</i>
      </Show>
    </span>
  );
}
