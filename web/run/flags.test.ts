import { describe, expect, test } from 'vitest';
import { kpfNames, permsOf, vmFlagLetters, vmFlagNames, vmFlagsFromLetters } from './flags';

describe('VmFlags', () => {
  test('letters stand in the order of their bits', () => {
    const letters = 'rd wr ex sh mr mw me ms gd pf gu lo io sr rr dc de lf ac nr ht wf dd mm hg nh mg dp sl';
    const flags = vmFlagsFromLetters(letters.split(' ').reverse().join(' '));
    expect(vmFlagLetters(flags).join(' ')).toBe(letters);
  });

  test('the bits are those of the kernel', () => {
    expect(vmFlagsFromLetters('rd wr mr mw me gu lo lf ac nh')).toBe(0x40182873n);
    expect(vmFlagLetters(0x40182873n).join(' ')).toBe('rd wr mr mw me gu lo lf ac nh');
  });

  test('a protection key prints nothing', () => expect(vmFlagLetters(0x1_0000_0004n)).toEqual(['ex']));

  test('names are those of the kernel', () => {
    expect(vmFlagNames(0x82000n)).toEqual(['VM_LOCKED', 'VM_LOCKONFAULT']);
  });

  test.each([
    ['rd wr mr mw me ac', 'rw-p'],
    ['rd ex mr mw me', 'r-xp'],
    ['rd mr me ms', 'r--s'],
    ['mr mw me', '---p'],
  ])('%s is %s', (letters, perms) => expect(permsOf(vmFlagsFromLetters(letters))).toBe(perms));
});

test('kpageflags have names', () => {
  expect(kpfNames(0x60004582cn)).toEqual(
    'REFERENCED UPTODATE LRU MMAP ANON SWAPBACKED UNEVICTABLE MLOCKED MAPPEDTODISK'.split(' '),
  );
  expect(kpfNames(0x101000004n)).toEqual(['REFERENCED', 'ZERO_PAGE', 'RESERVED']);
});
