import { createEffect, createMemo, createSignal, Index, onCleanup } from 'solid-js';
import { pageAt } from './axis';
import type { Picture } from './paint';
import type { PictureModel } from './picture';
import { twinRows } from './twin';

/** Milliseconds that the picture has to rest. */
const REST = 100;

/** The picture for those who do not see it: a table of what is in view. It follows when the picture rests. */
export function Twin(props: { model: PictureModel }) {
  const [picture, setPicture] = createSignal<Picture | null>(null);
  createEffect(function follow() {
    const now = props.model.picture();
    const timer = setTimeout(() => setPicture(now), REST);
    onCleanup(() => clearTimeout(timer));
  });
  const rows = createMemo(() => {
    const now = picture();
    if (!now) return [];
    return twinRows(now.scene, pageAt(now.mapping, 0), pageAt(now.mapping, now.width));
  });
  return (
    <div class="sr">
      <table>
        <caption>Address space: the VMAs in view and their pages</caption>
        <thead>
          <tr>
            <th scope="col">what</th>
            <th scope="col">start</th>
            <th scope="col">pages</th>
            <th scope="col">state</th>
          </tr>
        </thead>
        <tbody>
          <Index each={rows()}>
            {(row) => (
              <tr>
                <th scope="row">{row().what}</th>
                <td>{row().start}</td>
                <td>{row().nr_pages}</td>
                <td>{row().says}</td>
              </tr>
            )}
          </Index>
        </tbody>
      </table>
    </div>
  );
}
