import { createMemo, For, Show } from 'solid-js';
import { keepEqual } from '../../app/keep-equal';
import { count, plural, signed } from '../../app/words';
import { namesAt } from '../../run/address';
import type { PanelProps } from '../props';
import { Cell } from './Cell';
import { useLink } from './link';
import {
  LISTS,
  lruOf,
  moveWords,
  type Lru,
  type LruBox,
  type LruList,
  type LruLook,
  type LruMove,
  type Place,
} from './lru';
import { callerOf, type Span } from './scene';
import './memory.css';
import './lru.css';

const NOTHING: Lru = { lists: [], moves: [] };
/** Columns of the grid: before each list's own is one for what comes and goes. */
const columnOf = (place: Place): number => 2 * (LISTS as readonly Place[]).indexOf(place) + 2;

interface PointProps {
  point(spans: readonly Span[] | null): void;
  choose(page: number): void;
}

/** The LRU lists as columns: above what the step moved, with arrows; below what lies on each. */
export function LruTab(props: { panel: PanelProps }) {
  const link = useLink();
  const caller = createMemo(() => {
    const view = props.panel.view();
    return view && callerOf(view);
  });
  const before = createMemo(() => {
    const pid = caller()?.pid;
    return props.panel.view()?.before.processes.find((process) => process.pid === pid) ?? null;
  });
  const names = createMemo(() => namesAt(props.panel.names(), props.panel.view()?.step ?? 0));
  const lru = createMemo<Lru>((old) => {
    const after = caller();
    return after ? keepEqual(old, lruOf(before(), after, names())) : NOTHING;
  }, NOTHING);
  const isMany = () => (props.panel.view()?.after.processes.length ?? 0) > 1;
  const pointing: PointProps = {
    point: (spans) => link.point(spans && { pid: caller()!.pid, spans }),
    choose: link.choose,
  };
  return (
    <div class="tab-body lru" tabindex="0" role="region" aria-label="LRU lists" onPointerLeave={() => link.point(null)}>
      <div class="lru-grid" role="group" aria-label="Pages on the lists">
        <For each={lru().lists}>{(row) => <Head row={row} />}</For>
      </div>
      <Show when={lru().moves.length > 0}>
        <ul aria-label="What moved">
          <For each={lru().moves}>{(move) => <Move move={move} {...pointing} />}</For>
        </ul>
      </Show>
      <div class="lru-grid lru-stacks">
        <For each={lru().lists}>{(row) => <Stack row={row} {...pointing} />}</For>
      </div>
      <Show when={isMany()}>
        <p class="dim">Pages that process {caller()!.pid} maps.</p>
      </Show>
    </div>
  );
}

const Head = (props: { row: LruList }) => (
  <p class="lru-head">
    {props.row.list}
    <span class="num">
      <b>{count(props.row.nr_pages)}</b> {signed(props.row.change)}
    </span>
  </p>
);

/** One row: the pages as they were, an arrow over what lies between, the pages as they are now. */
function Move(props: PointProps & { move: LruMove }) {
  const from = () => columnOf(props.move.from);
  const to = () => columnOf(props.move.to);
  const isBetween = () => props.move.from !== 'none' && props.move.to !== 'none';
  const outside = () => (props.move.from === 'none' ? to() : from()) - 1;
  const way = () => (isBetween() ? `${Math.min(from(), to()) + 1} / ${Math.max(from(), to())}` : '');
  return (
    <li>
      <button
        class="lru-move lru-grid"
        aria-label={moveWords(props.move)}
        title={moveWords(props.move)}
        onPointerEnter={() => props.point(props.move.spans)}
        onPointerLeave={() => props.point(null)}
        onFocus={() => props.point(props.move.spans)}
        onBlur={() => props.point(null)}
        onClick={() => props.choose(props.move.spans[0]![0])}
      >
        <Show
          when={isBetween()}
          fallback={
            <span class="lru-outside" style={{ 'grid-column': outside(), 'grid-row': 1 }}>
              <Cell small {...(props.move.from === 'none' ? props.move.was : props.move.is)} />
              <i class={`lru-arrow ${props.move.from === 'none' ? 'right' : 'left'}`} />
            </span>
          }
        >
          <i class={`lru-arrow ${from() < to() ? 'right' : 'left'}`} style={{ 'grid-column': way(), 'grid-row': 1 }} />
        </Show>
        <Show when={props.move.from !== 'none'}>
          <Face look={props.move.was} box={props.move} went column={from()} />
        </Show>
        <Show when={props.move.to !== 'none'}>
          <Face look={props.move.is} box={props.move} changed column={to()} />
        </Show>
      </button>
    </li>
  );
}

interface FaceProps {
  look: LruLook | null;
  box: Pick<LruBox, 'text' | 'nr_pages'>;
  went?: boolean;
  changed?: boolean;
  column?: number;
}

/** Pages as a bar in the picture's look. */
function Face(props: FaceProps) {
  return (
    <span
      class={`cell lru-box ${props.look?.kind ?? 'image'}`}
      classList={{ went: props.went ?? false, changed: props.changed ?? false }}
      style={props.column ? { 'grid-column': props.column, 'grid-row': 1 } : {}}
    >
      <FaceParts {...props} />
    </span>
  );
}

function FaceParts(props: FaceProps) {
  return (
    <>
      <Show when={props.look}>{(look) => <b>{look().letter}</b>}</Show>
      <small>{props.box.text}</small>
      <small class="num">{plural(props.box.nr_pages, 'page')}</small>
      <Show when={props.look?.foot === 'pinned' && !props.went}>
        <i class="foot pinned">×{props.look!.mlock_count}</i>
      </Show>
    </>
  );
}

function Stack(props: PointProps & { row: LruList }) {
  return (
    <ul class="lru-stack" aria-label={`On the ${props.row.list} list`}>
      <For each={props.row.boxes}>
        {(box) => (
          <li>
            <Show when={box.spans[0]} fallback={<Face look={null} box={box} />}>
              {(span) => (
                <button
                  class={`cell lru-box ${box.look!.kind}`}
                  aria-label={`${plural(box.nr_pages, 'page')}: ${box.text}`}
                  title={`${plural(box.nr_pages, 'page')}: ${box.text}`}
                  onPointerEnter={() => props.point(box.spans)}
                  onPointerLeave={() => props.point(null)}
                  onFocus={() => props.point(box.spans)}
                  onBlur={() => props.point(null)}
                  onClick={() => props.choose(span()[0])}
                >
                  <FaceParts look={box.look} box={box} />
                </button>
              )}
            </Show>
          </li>
        )}
      </For>
      <Show when={props.row.more > 0}>
        <li class="lru-none">and {plural(props.row.more, 'more page')}</li>
      </Show>
      <Show when={props.row.nr_pages === 0}>
        <li class="lru-none">empty</li>
      </Show>
    </ul>
  );
}
