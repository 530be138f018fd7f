import { createMemo, Index, Show } from 'solid-js';
import { VM_LOCKED, VM_LOCKONFAULT } from '../../../assembly/abi/mman';
import { CAPS_IPC_LOCK } from '../../../assembly/abi/cap';
import type { Counters as MmCounters, Process } from '../../core/state';
import { rssOf } from '../../run/diff';
import type { Diff } from '../../run/model';
import { count, signed } from '../../app/words';
import type { PanelProps } from '../props';
import { sharesOf, type Shares } from './cells';
import { gaugeOf, limitText, sharesText, type Gauge } from './gauge';
import { callerOf } from './scene';
import './memory.css';

const NO_SHARES: Shares = { onfault: 0, pinned: 0, counted: 0 };

/** locked_vm against its limit, and the other counters of the calling process. */
export function Counters(props: { panel: PanelProps }) {
  const view = () => props.panel.view();
  const process = createMemo<Process | null>(() => {
    const now = view();
    return now && callerOf(now);
  });
  const shares = createMemo(() => {
    const now = process();
    return now ? sharesOf(now) : NO_SHARES;
  });
  return (
    <Show when={process()} fallback={<div class="counters empty" />}>
      {(now) => (
        <div class="counters" classList={{ narrow: props.panel.width() === 'narrow' }}>
          <LockedVm
            counters={now().counters}
            delta={view()?.diff.locked_vm ?? 0}
            shares={shares()}
            narrow={props.panel.width() === 'narrow'}
          />
          <Show when={props.panel.width() !== 'narrow'}>
            <Boxes process={now()} diff={view()!.diff} wide={props.panel.width() === 'wide'} />
          </Show>
        </div>
      )}
    </Show>
  );
}

function LockedVm(props: { counters: MmCounters; delta: number; shares: Shares; narrow: boolean }) {
  const gauge = createMemo(() => gaugeOf(props.counters, props.shares, props.delta));
  const of = () => (gauge().limit === null ? 'no limit' : `of ${count(gauge().limit!)} pages`);
  const change = () => (props.delta === 0 ? '±0' : signed(props.delta));
  return (
    <Show
      when={!props.narrow}
      fallback={
        <div class="counter-gauge">
          <span class="value num">
            {count(props.counters.locked_vm)}
            <small> /{gauge().limit === null ? '∞' : count(gauge().limit!)}</small>
          </span>
          <GaugeBar gauge={gauge()} text={sharesText(props.shares)} locked_vm={props.counters.locked_vm} />
          <span class="delta num">{change()}</span>
        </div>
      }
    >
      <div class="counter-gauge" classList={{ long: props.counters.locked_vm >= 1e6 }}>
        <div class="counter-line">
          <span class="name">locked_vm</span>
          <span class="value num">
            {count(props.counters.locked_vm)}
            <small>{of()}</small>
          </span>
          <span class="delta num">{change()}</span>
          <span class="grow" />
          <span class="more">{limitText(props.counters)}</span>
        </div>
        <GaugeBar gauge={gauge()} text={sharesText(props.shares)} locked_vm={props.counters.locked_vm} />
        <div class="more">{sharesText(props.shares)}</div>
      </div>
    </Show>
  );
}

/** The gauge itself: cells up to 64 pages, else a bar with the same textures. */
function GaugeBar(props: { gauge: Gauge; text: string; locked_vm: number }) {
  const percent = (pages: number) => `${(pages / props.gauge.size) * 100}%`;
  const marks = createMemo(() =>
    props.gauge.cells
      ? props.gauge.parts.flatMap(({ look, nr_pages }) =>
          Array.from({ length: nr_pages }, () => ({ look, nr_pages: 1 })),
        )
      : props.gauge.parts,
  );
  const words = () =>
    `locked_vm ${count(props.locked_vm)}, ${props.gauge.limit === null ? 'no limit' : `limit ${count(props.gauge.limit)}`}: ${props.text}`;
  return (
    <div class="gauge" classList={{ bar: !props.gauge.cells }} role="img" aria-label={words()}>
      <Index each={marks()}>{(mark) => <i class={mark().look} style={{ 'flex-grow': mark().nr_pages }} />}</Index>
      <Show when={props.gauge.share}>
        {(share) => <u style={{ left: percent(share()[0]), width: percent(share()[1] - share()[0]) }} />}
      </Show>
      <Show when={props.gauge.limit !== null}>
        <span
          class="limit"
          classList={{ waived: !props.gauge.applies }}
          style={{ left: percent(props.gauge.limit!) }}
        />
      </Show>
    </div>
  );
}

function Boxes(props: { process: Process; diff: Diff; wide: boolean }) {
  const counters = () => props.process.counters;
  const lockBits = () => {
    const { def_flags } = counters();
    return [def_flags & VM_LOCKED ? 'lo' : '', def_flags & VM_LOCKONFAULT ? 'lf' : ''].filter(Boolean).join(' ') || '0';
  };
  const future = () =>
    ({ '0': 'no MCL_FUTURE', lo: 'MCL_FUTURE', 'lo lf': 'FUTURE, ONFAULT' })[lockBits()] ?? lockBits();
  const hasCap = () => (counters().caps & CAPS_IPC_LOCK) !== 0;
  return (
    <>
      <Box
        name="total_vm"
        value={count(counters().total_vm)}
        more={`${counters().total_vm * 4} kB`}
        change={props.diff.total_vm}
      />
      <Box name="rss" value={count(rssOf(props.process))} more="no fault" change={props.diff.rss} />
      <Box name="map_count" value={count(counters().map_count)} more="no split" change={props.diff.map_count} />
      <Show when={props.wide}>
        <Box name="def_flags" value={lockBits()} more={future()} change={0} />
      </Show>
      <Box
        name="CAP_IPC_LOCK"
        value={hasCap() ? 'on' : 'off'}
        more={hasCap() ? 'limit does not apply' : 'limit applies'}
        change={0}
      />
    </>
  );
}

function Box(props: { name: string; value: string; more: string; change: number }) {
  return (
    <div class="counter-box">
      <div class="name">{props.name}</div>
      <div class="value num">{props.value}</div>
      <div class="more">
        <Show when={props.change !== 0} fallback={props.more}>
          <b class="delta num">{signed(props.change)}</b>
        </Show>
      </div>
    </div>
  );
}
