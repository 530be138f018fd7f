import { createMemo, createSignal, createUniqueId, For, Match, Show, Switch } from 'solid-js';
import { count, plural } from '../../app/words';
import { compareProc, differences, type ComparedLine, type ProcFile } from '../../run/procfs/compare';
import './compare-proc.css';

/** Lines that are shown; the sentence above counts all. */
const MAX_SHOWN = 1000;

const MARKS: Readonly<Record<ComparedLine['kind'], string>> = {
  equal: '',
  differs: 'differs',
  'only here': 'only here',
  'only there': 'only there',
};

/** The file of the step beside the same file of a real system, which the person pastes. */
export function CompareProc(props: { file: ProcFile; here: string }) {
  const id = createUniqueId();
  const [pasted, setPasted] = createSignal<Readonly<Partial<Record<ProcFile, string>>>>({});
  const [addresses, setAddresses] = createSignal(true);
  const [inodes, setInodes] = createSignal(true);
  const [all, setAll] = createSignal(false);
  const there = () => pasted()[props.file] ?? '';
  const found = createMemo(() =>
    there().trim() === ''
      ? null
      : compareProc(props.file, props.here, there(), { addresses: addresses(), inodes: inodes() }),
  );
  const compared = () => {
    const now = found();
    return now?.kind === 'compared' ? now : null;
  };
  const unusable = () => {
    const now = found();
    return now?.kind === 'unusable' ? now.message : null;
  };
  const lines = () => compared()?.lines ?? [];
  const some = createMemo(() => (all() ? lines() : differences(lines())));
  const nr = (kind: ComparedLine['kind']) => lines().filter((line) => line.kind === kind).length;
  const summary = () => {
    const differ = nr('differs') + nr('only here') + nr('only there');
    if (differ === 0) return `All ${plural(lines().length, 'line')} are equal.`;
    const parts = [
      `${plural(nr('equal'), 'line')} equal`,
      `${count(nr('differs'))} ${nr('differs') === 1 ? 'differs' : 'differ'}`,
      nr('only here') > 0 ? `${count(nr('only here'))} only here` : '',
      nr('only there') > 0 ? `${count(nr('only there'))} only there` : '',
    ];
    return `${parts.filter(Boolean).join(', ')}.`;
  };
  const hasMappings = () => ['maps', 'smaps', 'smaps_rollup'].includes(props.file);
  const source = () => (props.file === 'meminfo' ? '/proc/meminfo' : `/proc/PID/${props.file}`);
  return (
    <section class="compare-proc" aria-label="Compare with your machine">
      <label for={`${id}-text`}>
        Paste <code>{source()}</code> of a real process that stands at the same call. It stays in this page.
      </label>
      <textarea
        id={`${id}-text`}
        rows="4"
        spellcheck={false}
        autocomplete="off"
        wrap="off"
        value={there()}
        onInput={(event) => setPasted({ ...pasted(), [props.file]: event.currentTarget.value })}
      />
      <div class="compare-options">
        <Show when={hasMappings()}>
          <label>
            <input type="checkbox" checked={addresses()} onChange={() => setAddresses(!addresses())} />
            Addresses may differ
          </label>
          <label>
            <input type="checkbox" checked={inodes()} onChange={() => setInodes(!inodes())} />
            dev and inode too
          </label>
        </Show>
        <label>
          <input type="checkbox" checked={all()} onChange={() => setAll(!all())} />
          Show equal lines
        </label>
        <Show when={there() !== ''}>
          <button class="button small" onClick={() => setPasted({ ...pasted(), [props.file]: '' })}>
            Clear
          </button>
        </Show>
      </div>
      <div role="status" class="compare-said">
        <Switch>
          <Match when={unusable()}>{(message) => <p class="failed">{message()}</p>}</Match>
          <Match when={compared()}>
            <p>
              <b>{summary()}</b>{' '}
              <Show when={compared()!.nr_foreign > 0}>
                {plural(compared()!.nr_foreign, 'line')} of that file {compared()!.nr_foreign === 1 ? 'is' : 'are'} not
                modelled here.
              </Show>
            </p>
          </Match>
        </Switch>
      </div>
      <Show when={some().length > 0}>
        <ol class="compare-lines">
          <For each={some().slice(0, MAX_SHOWN)}>
            {(line) => (
              <li class={line.kind.replace(' ', '-')}>
                <b>{MARKS[line.kind]}</b>
                <Show when={line.here !== ''}>
                  <span>
                    <i>here</i>
                    <code>{line.here}</code>
                  </span>
                </Show>
                <Show when={line.there !== '' && line.kind !== 'equal'}>
                  <span>
                    <i>there</i>
                    <code>{line.there}</code>
                  </span>
                </Show>
              </li>
            )}
          </For>
        </ol>
        <Show when={some().length > MAX_SHOWN}>
          <p class="dim">{plural(some().length - MAX_SHOWN, 'more line')}.</p>
        </Show>
      </Show>
    </section>
  );
}
