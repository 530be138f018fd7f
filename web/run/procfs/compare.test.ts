import { describe, expect, test } from 'vitest';
import { machine, parse } from '../notation';
import { limits, maps, meminfo, smaps, smapsRollup, statusMemory } from '../procfs';
import { compareProc, differences, MAX_TEXT, type ProcFile } from './compare';

const MASKED = { addresses: true, inodes: true };
const SHORT = { equal: '=', differs: '≠', 'only here': '<', 'only there': '>' };

const signs = (file: ProcFile, here: string, there: string, masks = MASKED) => {
  const found = compareProc(file, here, there, masks);
  if (found.kind === 'unusable') throw new Error(found.message);
  return found.lines.map(({ kind }) => SHORT[kind]).join('');
};
const trouble = (file: ProcFile, there: string) => {
  const found = compareProc(file, '', there, MASKED);
  return found.kind === 'unusable' ? found.message : '';
};
/** As on a machine where everything lies elsewhere. */
const elsewhere = (text: string) => text.replaceAll('7ffff7', '7f31c0');

describe('maps', () => {
  const of = (drawing: string) => maps(parse(drawing));
  test('the same mappings elsewhere are equal, until addresses count', () => {
    expect(signs('maps', of('|rrrr|..|LL|'), elsewhere(of('|rrrr|..|LL|')))).toBe('===');
    const masks = { addresses: false, inodes: true };
    expect(signs('maps', of('|rrrr|..|LL|'), elsewhere(of('|rrrr|..|LL|')), masks)).toBe('≠≠=');
  });
  test('a mapping that one system cut stands beside what is left of it', () => {
    // before the hole nothing has changed, behind it there is a mapping more
    expect(signs('maps', of('|rrrr|.|nn|'), of('|rrrr|.|r|.|nn|'))).toBe('=>==');
    expect(signs('maps', of('|rrrr|.|r|.|nn|'), of('|rrrr|.|nn|'))).toBe('=<==');
  });
  test('device and inode count when they are asked for', () => {
    const line = (ino: number) => `00400000-00401000 r--p 00000000 08:01 ${ino}                 /usr/bin/scenario\n`;
    expect(signs('maps', line(131), line(77))).toBe('=');
    expect(signs('maps', line(131), line(77), { addresses: true, inodes: false })).toBe('≠');
  });
  test('a file of another name pairs by its shape, and differs', () => {
    const line = (name: string) => `00400000-00401000 r-xp 00001000 08:01 1    ${name}\n`;
    expect(signs('maps', line('/usr/bin/scenario'), line('/tmp/a.out'))).toBe('≠');
  });
});

test('smaps tells which field of which mapping differs', () => {
  const found = compareProc('smaps', smaps(parse('|rr|')), elsewhere(smaps(parse('|LL|'))), MASKED);
  expect(found.kind === 'compared' && found.lines.filter(({ kind }) => kind !== 'equal')).toMatchObject([
    { here: 'Rss: 0 kB', there: 'Rss: 8 kB' },
    { here: 'Pss: 0 kB', there: 'Pss: 8 kB' },
    { here: 'Pss_Dirty: 0 kB', there: 'Pss_Dirty: 8 kB' },
    { here: 'Private_Dirty: 0 kB', there: 'Private_Dirty: 8 kB' },
    { here: 'Referenced: 0 kB', there: 'Referenced: 8 kB' },
    { here: 'Anonymous: 0 kB', there: 'Anonymous: 8 kB' },
    { here: 'Locked: 0 kB', there: 'Locked: 8 kB' },
    { here: 'VmFlags: rd wr mr mw me ac', there: 'VmFlags: rd wr mr mw me lo ac' },
  ]);
});

test('what differs stands below the head of its mapping', () => {
  const [here, there] = [smaps(parse('|rr|.|rr|')), smaps(parse('|rr|.|LL|'))];
  const found = compareProc('smaps', here, there, MASKED);
  const left = found.kind === 'compared' ? differences(found.lines) : [];
  expect(left).toHaveLength(9);
  expect(left[0]).toMatchObject({ kind: 'equal', here: expect.stringMatching(/^7ffff7fea000-/) as string });
});

test('smaps_rollup does not care where the process lies', () => {
  const text = smapsRollup(parse('|LL|'));
  expect(signs('smaps_rollup', text, elsewhere(text))).toMatch(/^=+$/);
});

describe('files of fields', () => {
  test('fields that the simulator does not have are counted', () => {
    const text = statusMemory(parse('|LL|'));
    const real = `Name:\tsleep\nUmask:\t0022\n${text.replace(/VmLck:.*/, 'VmLck:\t       0 kB')}Threads:\t1\n`;
    const found = compareProc('status', text, real, MASKED);
    expect(found).toMatchObject({ kind: 'compared', nr_foreign: 3 });
    expect(signs('status', text, real)).toBe('==≠=============');
  });
  test('limits go by their names, blanks do not count', () => {
    const real =
      'Limit Soft Limit Hard Limit Units\nMax cpu time unlimited unlimited seconds\nMax locked memory 65536 65536 bytes\nMax nice priority 0 0\n';
    const mine = limits(parse('|r|')).replace(/(Max locked memory +)\S+( +)\S+/, '$165536$265536');
    expect(compareProc('limits', mine, real, MASKED)).toMatchObject({ nr_foreign: 2 });
    expect(signs('limits', mine, real)).toBe('==');
  });
  test('meminfo of a real machine', () => {
    const mine = meminfo(machine(parse('|LL|')));
    expect(signs('meminfo', mine, `MemTotal:  100 kB\n${mine}HugePages_Total:  0\nActive(anon):  4 kB\n`)).toBe('==');
  });
});

describe('a text that is not that file', () => {
  test('is named when it is another one', () => {
    expect(trouble('maps', smaps(parse('|r|')))).toBe(
      'This looks like smaps, not maps. Choose smaps above, or paste maps.',
    );
    expect(trouble('smaps', limits(parse('|r|')))).toContain('looks like limits');
  });
  test('is said so when it is none', () => {
    expect(trouble('status', '')).toBe('This is not a text of /proc/PID/status.');
    expect(trouble('maps', '<b>hello</b>')).toBe('This is not a text of /proc/PID/maps.');
  });
  test('is shown the line that does not belong there', () =>
    expect(trouble('maps', `${maps(parse('|r|'))}$ cat /proc/self/maps\n`)).toBe(
      'Line 3 is not a line of maps: “$ cat /proc/self/maps”.',
    ));
  test('has an end', () => expect(trouble('maps', 'x'.repeat(MAX_TEXT + 1))).toContain('longer than 1 MiB'));
});

test('of 20,000 mappings against as many others a pairing is found', () => {
  const lines = (perms: string) =>
    Array.from(
      { length: 20_000 },
      (_, i) => `${(i * 2).toString(16)}000-${(i * 2 + 1).toString(16)}000 ${perms} 0 0:0 0`,
    );
  expect(signs('maps', lines('rw-p').join('\n'), lines('r--p').join('\n'))).toHaveLength(20_000);
});
