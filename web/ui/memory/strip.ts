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
  const pages = new Float64Array(2 * vmas.length);
  const xs = new Float64Array(2 * vmas.length);
  const weight = (n: number): number => (n <= LINEAR ? n : LINEAR * (1 + Math.log2(n / LINEAR)));
  let units = 0;
  let holes = 0;
  const holeBefore = (i: number): number => (i === 0 ? 0 : pages[2 * i]! - pages[2 * i - 1]!);
  const gapUnits = (hole: number): number => (hole <= SMALL_HOLE ? 0 : GAP_UNITS[hole < SHORT_GAP ? 1 : 0]);
  for (let i = 0; i < starts.length; i++) {
    pages[2 * i] = starts[i]!;
    pages[2 * i + 1] = ends[i]!;
    units += weight(pages[2 * i + 1]! - pages[2 * i]!);
    holes += gapUnits(holeBefore(i));
  }
  const scale = holes === 0 ? 0 : Math.min(Math.max(1, units / 262), (units * 0.4) / holes);
  let x = 0;
  for (let i = 0; i < starts.length; i++) {
    const hole = holeBefore(i);
    x += hole > SMALL_HOLE ? gapUnits(hole) * scale : hole;
    xs[2 * i] = x;
    x += weight(pages[2 * i + 1]! - pages[2 * i]!);
    xs[2 * i + 1] = x;
  }
  return { pages, xs: x === 0 ? xs : xs.map((at) => (at / x) * width) };
}
