// What of the kernel is not modelled. An index is the operand of EV_NOT_MODELLED; the sentence stands in the refusal,
// in hover text and in the README's list.

export const NM_CALL = 1;
export const NM_HUGETLB = 2;
export const NM_32BIT = 3;
export const NM_COLLAPSE = 4;
export const NM_OVERCOMMIT_2 = 5;
export const NM_PKEY = 6;
export const NM_SYNC = 7;
export const NM_FILE = 8;
export const NM_FORK = 9;
export const NM_ADVICE = 10;
export const NM_RLIMIT = 11;
export const NM_MREMAP = 12;
export const NM_SHM = 13;
export const NM_FILE_OFFSET = 14;
export const NM_MAP_FLAG = 15;

/** Index = NM_*: [short name, sentence]. */
export const NOT_MODELLED = [
  ['', ''],
  ['other system calls', 'This system call is not modelled.'],
  ['MAP_HUGETLB', 'Huge pages are not modelled.'],
  ['MAP_32BIT', 'MAP_32BIT begins at a random address, so no result can be right.'],
  ['MADV_COLLAPSE', 'Huge pages are not modelled, so there is nothing to collapse into.'],
  ['vm.overcommit_memory 2', 'Strict overcommit accounting is not modelled.'],
  ['protection keys', 'Protection keys other than the execute-only one are not modelled.'],
  ['MAP_SYNC', 'DAX files are not modelled.'],
  ['files', 'Files are not modelled yet.'],
  ['fork', 'More than one process is not modelled yet.'],
  ['this advice', 'This madvise advice is not modelled yet.'],
  [
    'this resource',
    'Limits other than MEMLOCK, AS, DATA and STACK have no effect on memory locking and are not modelled.',
  ],
  ['mremap', 'mremap is not modelled yet.'],
  ['SysV shared memory', 'SysV shared memory is not modelled yet.'],
  ['file offsets above 4 PiB', 'File offsets above 4 PiB are not modelled.'],
  ['this mmap flag', 'This mmap flag is not modelled.'],
];
