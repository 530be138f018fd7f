// The rows of the VMA table: VMAs of the start image folded, small holes between neighbours shown.
import type { Process, Vma } from '../../core/state';
import type { Named } from '../../run/model';
import { NAME_STACK } from '../../../assembly/abi/layout';
import { pageNumber, SMALL_HOLE } from './axis';
import { isSpecial } from './cells';
import { isImage } from './image';

/** One row of the table. */
export type VmaRow =
  | { readonly kind: 'vma'; readonly vma: Vma }
  | { readonly kind: 'hole'; readonly nr_pages: number }
  | { readonly kind: 'image'; readonly vmas: readonly Vma[]; readonly nr_pages: number };

/** Folds the VMAs of the image (program, libraries, heap) that the step left alone; fewer than two are not worth it. */
export function vmaRows(
  process: Process,
  names: readonly Named[],
  changed: (vma: Vma) => boolean,
  unfolded: boolean,
): VmaRow[] {
  const rows: VmaRow[] = [];
  const folds = (vma: Vma, i: number): boolean =>
    !unfolded && vma.name !== NAME_STACK && !isSpecial(vma) && !changed(vma) && isImage(process, names, i);
  let image: Vma[] = [];
  const flush = (): void => {
    if (image.length > 1)
      rows.push({ kind: 'image', vmas: image, nr_pages: image.reduce((n, vma) => n + sizeOf(vma), 0) });
    else image.forEach((vma) => rows.push({ kind: 'vma', vma }));
    image = [];
  };
  let last: Vma | null = null;
  for (const [i, vma] of process.vmas.entries()) {
    if (folds(vma, i)) image.push(vma);
    else {
      flush();
      const hole = last ? pageNumber(vma.vm_start) - pageNumber(last.vm_end) : 0;
      if (hole > 0 && hole <= SMALL_HOLE) rows.push({ kind: 'hole', nr_pages: hole });
      rows.push({ kind: 'vma', vma });
    }
    last = vma;
  }
  flush();
  return rows;
}

const sizeOf = ({ vm_start, vm_end }: Vma): number => pageNumber(vm_end) - pageNumber(vm_start);
