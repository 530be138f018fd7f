// What of the kernel is not modelled. An index is the operand of EV_NOT_MODELLED; the sentence stands in the refusal,
// in hover text and in the README's list.

export const NM_CALL = 1;
export const NM_HUGETLB = 2;
export const NM_32BIT = 3;
export const NM_COLLAPSE = 4;
export const NM_SYSCTL = 5;
export const NM_SHMCTL = 6;
export const NM_FILE_OFFSET = 7;

/** Index = NM_*: [short name, sentence]. */
export const NOT_MODELLED = [
  ['', ''],
  ['other system calls', 'This system call is not modelled.'],
  ['MAP_HUGETLB', 'Huge pages are not modelled.'],
  ['MAP_32BIT', 'MAP_32BIT begins at a random address, so no result can be right.'],
  ['MADV_COLLAPSE', 'Huge pages are not modelled, so there is nothing to collapse into.'],
  ['vm.overcommit_memory 2', 'Strict overcommit accounting is not modelled.'],
  ['shmctl', 'Of the commands of shmctl, SHM_LOCK, SHM_UNLOCK and IPC_RMID are modelled.'],
  ['file offsets above 4 PiB', 'File offsets above 4 PiB are not modelled.'],
];
