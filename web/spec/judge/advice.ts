// What texts say of madvise() on locked memory.
import * as mman from '../../../assembly/abi/mman';
import { ofCall, ofPieces, type Phrase } from './ask';
import { answer, no } from './claim';
import { MARKS } from './condition';
import { isLocked } from './pieces';

/** Advice that takes pages away: not from a locked VMA. */
const TAKING: readonly number[] = [
  mman.MADV_DONTNEED,
  mman.MADV_FREE,
  mman.MADV_REMOVE,
  mman.MADV_COLD,
  mman.MADV_PAGEOUT,
  mman.MADV_GUARD_INSTALL,
];
/** Advice that only marks a VMA or brings pages in. */
const LEAVING: readonly number[] = [...MARKS, mman.MADV_POPULATE_READ, mman.MADV_POPULATE_WRITE];

/** The phrases of advice. Patterns meet text in lower case. */
export const ADVICE: readonly Phrase[] = [
  {
    pattern: /^advise on a range|fails on a locked vma, with the one exception/,
    claims: (_, setting) => [
      ofCall(setting, 'advice that takes pages fails on a locked VMA', (seen) => {
        if (!TAKING.includes(Number(seen.args[2])) || !seen.inRange.some(({ was }) => isLocked(was))) return null;
        return seen.failed ? answer(seen.errno === 'EINVAL', `it gives ${seen.errno}`) : no('it succeeds');
      }),
    ],
  },
  {
    pattern: /only marks a vma or brings pages in (works|fails) as on any other/,
    claims: ([, what], setting) => [
      ofCall(setting, 'other advice works', (seen) =>
        !LEAVING.includes(Number(seen.args[2])) ||
        !seen.inRange.some(({ was }) => isLocked(was)) ||
        (seen.failed && seen.errno !== 'EINVAL')
          ? null
          : answer(!seen.failed === (what === 'works'), `it gives ${seen.call.result}`),
      ),
    ],
  },
  {
    pattern: /(?:^|: )the pages (go|stay), vm_locked and locked_vm stay/,
    claims: ([, what], setting) => [
      ofPieces(
        setting,
        'the pages go and the lock stays',
        ({ was, pageWas }, seen) => isLocked(was) && pageWas.resident && !seen.failed,
        ({ is, pageIs }) => isLocked(is) && pageIs.resident === (what === 'stay'),
        ['pages taken away', 'PG_mlocked cleared'],
      ),
      ofCall(setting, 'locked_vm stays', (seen) =>
        seen.failed ? null : answer(seen.delta('locked_vm') === 0, 'it changes'),
      ),
    ],
  },
  {
    pattern: /are (not )?pg_mlocked where the vma is locked/,
    claims: ([, not], setting) => [
      ofPieces(
        setting,
        'what is brought in is PG_mlocked',
        ({ was, pageWas, pageIs }) => isLocked(was) && !pageWas.resident && pageIs.resident && !pageIs.zero,
        ({ pageIs }) => pageIs.mlocked === (not === undefined),
        ['pages brought in', 'PG_mlocked set', 'pages moved to the unevictable list'],
      ),
    ],
  },
  {
    pattern: /the mark of the advice is set or cleared, vm_locked and pages (stay|go)/,
    claims: ([, what], setting) => [
      ofPieces(
        setting,
        'the lock and the pages stay',
        ({ was }, seen) => isLocked(was) && !seen.failed,
        ({ was, is, pageWas, pageIs }) =>
          (isLocked(is) && pageWas.resident === pageIs.resident && was !== null) === (what === 'stay'),
        ['VMA split', 'VMAs merged'],
      ),
    ],
  },
];
