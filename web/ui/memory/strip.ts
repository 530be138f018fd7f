// The overview strip: every VMA of a process on one line, small ones to scale, huge ones shortened.
import { columnsOf } from '../../core/packed-list';
import { SMALL_HOLE, type Mapped, type Mapping } from './axis';

/** Pages above which a VMA of the overview grows with the logarithm of its length only. */
const LINEAR = 512;
/** A gap of less than 4 MiB gets the second width. */
const GAP_UNITS = [25, 15] as const;
const SHORT_GAP = 1024;

/** Places all VMAs in the overview strip: small ones to scale, huge ones shortened, so that nothing vanishes. */
export function stripOf(vmas: readonly Mapped[], width: number): Mapping {
  const { starts, ends } = columnsOf(vmas);
  const nr_vmas = starts.length;
  const pages = new Float64Array(2 * nr_vmas);
  const xs = new Float64Array(2 * nr_vmas);
  let [units, holes] = [0, 0];
  for (let i = 0; i < nr_vmas; i++) {
    pages[2 * i] = starts[i]!;
    pages[2 * i + 1] = ends[i]!;
    units += weight(ends[i]! - starts[i]!);
    if (i > 0) holes += gapUnits(starts[i]! - ends[i - 1]!);
  }
  const scale = holes === 0 ? 0 : Math.min(Math.max(1, units / 262), (units * 0.4) / holes);
  let x = 0;
  for (let i = 0; i < nr_vmas; i++) {
    const hole = i === 0 ? 0 : starts[i]! - ends[i - 1]!;
    x += hole > SMALL_HOLE ? gapUnits(hole) * scale : hole;
    xs[2 * i] = x;
    x += weight(ends[i]! - starts[i]!);
    xs[2 * i + 1] = x;
  }
  for (let i = 0; x > 0 && i < xs.length; i++) xs[i] = (xs[i]! / x) * width;
  return { pages, xs };
}

const weight = (n: number): number => (n <= LINEAR ? n : LINEAR * (1 + Math.log2(n / LINEAR)));
const gapUnits = (hole: number): number => (hole <= SMALL_HOLE ? 0 : GAP_UNITS[hole < SHORT_GAP ? 1 : 0]);
