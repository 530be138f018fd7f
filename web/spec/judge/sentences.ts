// Descriptions and notes, sentence by sentence: besides the phrases of effect-phrases.ts and advice.ts, what texts say of inheritance, rights
// and earlier calls.
import * as ev from '../../../assembly/abi/event';
import * as mman from '../../../assembly/abi/mman';
import type { Process } from '../../core/state';
import { ADVICE } from './advice';
import { LIMIT_CHECKS } from './capability';
import { answer, claim, each, type Claim } from './claim';
import { conditionOf } from './condition';
import { ofCall, ofPieces, touchLocks, type Phrase, type Setting } from './ask';
import { EFFECTS } from './effect-phrases';
import type { Observation } from './observation';
import { isLockable, isLocked, sortOf } from './pieces';

const ALWAYS = conditionOf('');
const NOW = conditionOf('MCL_CURRENT without MCL_ONFAULT');

const hasLocks = ({ vmas }: Process): boolean => vmas.some((vma) => isLocked(vma) && isLockable(vma));

/** execve: what the process had is gone. */
function acrossExec(keeps: boolean, what: 'locks' | 'MCL_FUTURE'): Claim {
  return claim(`${what} ${keeps ? 'persist across' : 'end with'} execve()`, (seen) => {
    if (seen.name !== 'execve' || seen.failed) return null;
    const [was, is] = [seen.before, seen.after];
    if (what === 'MCL_FUTURE') {
      if (was.counters.def_flags === 0) return null;
      return answer((is.counters.def_flags !== 0) === keeps, `def_flags are ${is.counters.def_flags} afterwards`);
    }
    return hasLocks(was) ? answer(hasLocks(is) === keeps, `locked_vm is ${is.counters.locked_vm} afterwards`) : null;
  });
}

/** fork: what the child gets. */
function acrossFork(inherits: boolean, what: 'locks' | 'MCL_FUTURE'): Claim {
  return claim(`${what} ${inherits ? 'are' : 'are not'} inherited by fork()`, (seen) => {
    if (seen.name !== 'fork' || seen.failed) return null;
    const child = seen.moment.after.processes.find(({ pid }) => BigInt(pid) === seen.call.result);
    if (!child) return null;
    if (what === 'MCL_FUTURE') {
      return seen.before.counters.def_flags === 0
        ? null
        : answer((child.counters.def_flags !== 0) === inherits, 'the child has none');
    }
    return hasLocks(seen.before) ? answer(hasLocks(child) === inherits, 'the child has none') : null;
  });
}

const alone = (seen: Observation): boolean =>
  (seen.flags & mman.MCL_FUTURE) !== 0 && (seen.flags & mman.MCL_CURRENT) === 0;
const sameVmas = (seen: Observation): boolean => seen.pieces.every(({ was, is }) => was?.vm_flags === is?.vm_flags);

/** How often the range of a step was locked before, by calls that succeeded. */
function locksBefore(seen: Observation): number {
  const { start, end } = seen.range;
  return seen.earlier.filter(
    (one) => /^mlock/.test(one.name) && one.errno === '' && one.pid === seen.pid && one.start < end && one.end > start,
  ).length;
}

/** Whether what is new at an address grew out of a VMA without VM_LOCKED: the one that mremap() names, or the one above. */
function grewFromUnlocked(seen: Observation, address: bigint): boolean {
  const [from] = seen.args;
  const vma =
    seen.name === 'mremap'
      ? seen.before.vmas.find(({ vm_start, vm_end }) => vm_start <= from! && from! < vm_end)
      : seen.before.vmas.find(({ vm_start }) => vm_start > address);
  return vma !== undefined && !isLocked(vma);
}

const PHRASES: readonly Phrase[] = [
  {
    pattern:
      /(neither a capability nor a limit is asked|no special permissions? required|a capability or a limit is asked)/,
    claims: ([found], setting) => [
      ofCall(setting, 'no right is asked for', (seen) => {
        const asked = seen.events.some(({ kind, a }) => kind === ev.EV_CHECK && LIMIT_CHECKS.includes(Number(a)));
        return answer(asked === found.startsWith('a capability'), 'a right is asked for');
      }),
    ],
  },
  {
    pattern: /(?:ends any number of|undo multiple|do not add up|don't stack|(?<!vmas on one page )do add up\b(?=:))/,
    claims: ([found], setting) => {
      const stacks = found.startsWith('do add up');
      const isUnlock = setting.call.startsWith('munlock');
      return [
        claim('one munlock() ends several locks', (seen) => {
          if (seen.name !== (isUnlock ? setting.call : 'munlock') || seen.failed || locksBefore(seen) < 2) return null;
          const pieces = seen.inRange.filter(({ was }) => isLocked(was) && isLockable(was));
          return each(pieces, ({ is }) => isLocked(is) === stacks, sortOf);
        }),
      ];
    },
  },
  {
    pattern: /locks of different vmas on one page do (not )?add up/,
    claims: ([, not], setting) => [
      ofPieces(
        setting,
        'a page stays PG_mlocked while another VMA locks it',
        ({ was, is, pageWas }) => isLocked(was) && !isLocked(is) && pageWas.mlock_count > 1,
        ({ pageIs }) => pageIs.mlocked === (not === undefined),
        [],
      ),
    ],
  },
  {
    pattern:
      /(?:neither locks nor mcl_future|they) are (not )?inherited by fork\(\)|(locks|mcl_future) (?:is|are) (not )?inherited by (?:a )?(?:fork|child)/,
    claims: ([found, not, what, other]) => {
      const inherits = !found.startsWith('neither') && (not ?? other) === undefined;
      const both = [acrossFork(inherits, 'locks')];
      if (/mcl_future/.test(found)) both.push(acrossFork(inherits, 'MCL_FUTURE'));
      return what === 'mcl_future' ? [acrossFork(inherits, 'MCL_FUTURE')] : both;
    },
  },
  {
    pattern:
      /(?:end|ends) with execve|(mcl_future|locks?|memory locks)[^.]*?(persists?|preserved|inherited|kept|survives?|cleared|removed)[^.]*?(?:across|over|by|at|during)[^.]*?exec|(?:stay after) execve/,
    claims: ([found, what, verb], { text }) => {
      const ends =
        /\bends? with execve/.test(text) ||
        /cleared|removed/.test(verb ?? '') ||
        /\bnot (?:persist|preserved|inherited|kept|survive)/.test(found);
      const of: ('locks' | 'MCL_FUTURE')[] =
        what === undefined ? ['locks', 'MCL_FUTURE'] : [/mcl_future/.test(what) ? 'MCL_FUTURE' : 'locks'];
      return of.filter((one) => one === 'locks' || /mcl_future/.test(text)).map((one) => acrossExec(!ends, one));
    },
  },
  {
    pattern: /lowering the limit unlocks (nothing|everything)/,
    claims: ([, what]) => [
      claim('a lower limit unlocks nothing', (seen) => {
        if (!['setrlimit', 'prlimit'].includes(seen.name) || seen.failed) return null;
        const { locked_vm, rlimit_memlock: now } = seen.after.counters;
        if (locked_vm === 0 || now[0] >= seen.limit) return null;
        return answer((seen.delta('locked_vm') === 0) === (what === 'nothing'), `locked_vm stays ${locked_vm}`);
      }),
    ],
  },
  {
    pattern: /mcl_future alone (leaves every vma as it is|locks every vma)/,
    claims: ([, what], setting) => [
      ofCall(setting, 'MCL_FUTURE alone changes no VMA', (seen) =>
        seen.failed || !alone(seen) ? null : answer(sameVmas(seen) === (what![1] === 'e'), 'VMAs stay as they are'),
      ),
    ],
  },
  {
    pattern: /affects all current vmas/,
    claims: (_, setting) => [
      ofPieces(
        setting,
        'every VMA gets VM_LOCKED',
        ({ was }, seen) => was !== null && !seen.failed,
        ({ is }) => isLocked(is),
        [],
        true,
      ),
    ],
  },
  {
    pattern: /it (does not reach|reaches) the growth of a stack or of an unlocked mapping/,
    claims: ([, what]) => [
      claim('growth of what is not locked stays unlocked', (seen) => {
        if (seen.name !== 'mremap' && !seen.isTouch) return null;
        if ((seen.before.counters.def_flags & mman.VM_LOCKED) === 0) return null;
        const grown = seen.pieces.filter(
          ({ was, is, start }) => was === null && is !== null && grewFromUnlocked(seen, start),
        );
        return each(grown, ({ is }) => isLocked(is) === (what === 'reaches'), sortOf);
      }),
    ],
  },
  {
    pattern: /no split is needed, so that it (works|fails) at max_map_count/,
    claims: ([, what], setting) => [
      ofCall(setting, 'it works at max_map_count', (seen) =>
        seen.before.counters.map_count < seen.moment.before.max_map_count
          ? null
          : answer(!seen.failed === (what === 'works'), `it gives ${seen.call.result}`),
      ),
    ],
  },
  {
    pattern: /it (succeeds|fails) where nothing is locked/,
    claims: ([, what], setting) => [
      ofCall(setting, 'nothing locked is no error', (seen) =>
        hasLocks(seen.before) || seen.pending !== 0
          ? null
          : answer(!seen.failed === (what === 'succeeds'), `it gives ${seen.call.result}`),
      ),
    ],
  },
  {
    pattern:
      /^(?:un)?lock(?:s)? (?:a range of pages|pages in memory|the address space)|^take the memory lock off|^(?:un)?lock all process pages/,
    claims: ([found], setting) => {
      const unlocks = /^unlock|^take/.test(found);
      if (found.endsWith('all process pages')) return [];
      return [
        ofPieces(
          setting,
          unlocks ? 'the range is unlocked' : 'the range is locked',
          ({ was }, seen) =>
            was !== null &&
            isLockable(was) &&
            !seen.failed &&
            (unlocks ? isLocked(was) : seen.name !== 'mlockall' || (seen.flags & mman.MCL_CURRENT) !== 0),
          ({ is }) => isLocked(is) !== unlocks,
          unlocks ? ['VM_LOCKED cleared'] : ['VM_LOCKED set'],
        ),
      ];
    },
  },
];

const TOUCHED: Phrase = {
  pattern: /(?:locks each when it is touched|locked when (?:touched|faulted in))/,
  claims: () => [touchLocks()],
};

/** Reads a sentence; gives what it claims, or nothing where it is not understood. */
export function sentenceClaims(call: string, sentence: string, condition = ALWAYS): Claim[] {
  const text = sentence.toLowerCase();
  const setting: Setting = { call, condition, text };
  const mine = text.split(/(?<=,)\s+(?=mcl_)/);
  return [...EFFECTS, ...PHRASES, ...ADVICE, TOUCHED].flatMap(({ pattern, claims }) =>
    mine.flatMap((part) => {
      const found = pattern.exec(part);
      if (!found) return [];
      const named = /^mcl_current\b/.test(part)
        ? NOW
        : part.startsWith('without mlock_onfault')
          ? conditionOf(part)
          : null;
      return claims(found, { ...setting, text: part, condition: named ?? condition });
    }),
  );
}
