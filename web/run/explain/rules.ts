// The rule behind each check and effect, in our own words, with the kernel function that holds it.
// The keys are what the rows of WHY begin with.

/** One rule. */
export interface Rule {
  readonly text: string;
  /** Functions of the kernel, the one that decides first. */
  readonly kernel: string;
}

const rule = (text: string, kernel: string): Rule => ({ text, kernel });

const RULES: Readonly<Record<string, Rule>> = {
  // lock calls
  'may lock at all': rule(
    'With RLIMIT_MEMLOCK 0 and without CAP_IPC_LOCK nothing may be locked. Any other limit passes here, however small.',
    'can_do_mlock()',
  ),
  'fits the limit': rule(
    'Pages asked for and pages already locked together must not exceed RLIMIT_MEMLOCK, rounded down to pages. ' +
      'mlock subtracts what is locked inside its range, but only when the plain sum is too large; mmap, mremap and brk ' +
      'never do. CAP_IPC_LOCK lifts the limit. Nothing was changed yet when it says no.',
    'do_mlock(), count_mm_mlocked_page_nr(); mlock_future_ok()',
  ),
  'total_vm fits the limit': rule(
    'mlockall(MCL_CURRENT) locks all that is mapped, so total_vm is measured, not locked_vm. Reserved and absent ' +
      'pages count. CAP_IPC_LOCK lifts the limit, MCL_FUTURE alone does not ask.',
    'mlockall()',
  ),
  'privilege, limit': rule('Unlocking asks neither for a capability nor for a limit.', 'munlock(), munlockall()'),
  'end does not wrap': rule(
    'Start plus rounded length must not pass the end of 64 bits. A length that rounds to 0 succeeds at once.',
    'apply_vma_lock_flags(); do_mprotect_pkey()',
  ),
  'VMA at': rule(
    'VMAs are walked one after another, and each is changed before the next is looked for. Where there is none the ' +
      'call stops with what it has done. mlock reports ENOMEM.',
    'apply_vma_lock_flags()',
  ),
  'VMA holds': rule('Each page of the range has to be in a VMA.', 'apply_vma_lock_flags()'),
  'VMAs hold': rule('Each page of the range has to be in a VMA.', 'apply_vma_lock_flags()'),
  mlock_fixup: rule(
    'One VMA, or the part of it that is in the range, gets its lock flags. At an edge inside of a VMA it is split; ' +
      'equal neighbours merge. locked_vm counts its pages, present or not. Special VMAs are passed over in silence.',
    'mlock_fixup()',
  ),
  def_flags: rule(
    'MCL_FUTURE is kept as VM_LOCKED, with MCL_ONFAULT also VM_LOCKONFAULT, in mm->def_flags: new mappings begin ' +
      'with it. Each mlockall writes it anew, so MCL_CURRENT alone takes it away.',
    'apply_mlockall_flags()',
  ),
  populate: rule(
    'After the flags are set the pages are faulted in, without mmap_lock held for writing. A page that cannot be ' +
      'had ends it; locks stay. mlock turns that into an errno, mlockall and mmap keep it to themselves. ' +
      'VM_LOCKONFAULT waits for the first touch.',
    '__mm_populate(), populate_vma_page_range()',
  ),
  munlock: rule(
    'A page loses PG_mlocked when its mlock_count comes to 0, and goes back to an evictable list. A page that ' +
      'another locked VMA maps is found again by reclaim and stays.',
    'munlock_folio(), __munlock_folio()',
  ),
  'not killed': rule(
    'A task that has to wait for mmap_lock gives up when SIGKILL comes: EINTR.',
    'mmap_write_lock_killable()',
  ),
  'no VM_LOCKED in the range': rule(
    'MS_INVALIDATE would drop pages that a lock promised to keep: EBUSY at the first locked VMA.',
    'msync()',
  ),
  'flags are known': rule('Bits that this Linux does not know are refused, not passed over.', 'the system call itself'),
  'flags go together': rule(
    'mlockall needs MCL_CURRENT or MCL_FUTURE: MCL_ONFAULT alone means nothing. mremap ties MREMAP_FIXED and ' +
      'MREMAP_DONTUNMAP to MREMAP_MAYMOVE, and DONTUNMAP to equal lengths.',
    'mlockall(); check_mremap_params()',
  ),

  // VMAs and mappings
  'split at': rule(
    'A VMA is cut in two. That needs one more struct, and map_count must be below vm.max_map_count.',
    'split_vma()',
  ),
  split: rule(
    'A VMA is cut in two. That needs one more struct, and map_count must be below vm.max_map_count.',
    'split_vma()',
  ),
  merge: rule(
    'Neighbours with equal flags, file, offset and anon_vma become one VMA again.',
    'vma_merge_existing_range(), vma_merge_new_range()',
  ),
  flags: rule('The VMA, or the part in the range, gets new flags.', 'vma_modify_flags()'),
  map_count: rule(
    'A process has at most vm.max_map_count VMAs, 65530 unless it is set otherwise.',
    'do_mmap(); split_vma(); mremap_to()',
  ),
  'fits RLIMIT_AS': rule('total_vm and the new pages together must fit RLIMIT_AS.', 'may_expand_vm()'),
  'fits RLIMIT_DATA': rule(
    'Private writable mappings that are no stack count as data and must fit RLIMIT_DATA.',
    'may_expand_vm()',
  ),
  'new VMA': rule(
    'A VMA is made with the flags asked for and those of def_flags, and merged with a neighbour if it can be. ' +
      'A locked one adds its pages to locked_vm and is populated after the call.',
    '__mmap_region()',
  ),
  unmap: rule(
    'The VMA goes, with its page table entries. locked_vm falls by its pages; no munlock is needed.',
    'do_vmi_align_munmap()',
  ),
  'VMA resized': rule('A VMA grew or shrank at one end.', 'expand_vma(); do_brk_flags()'),
  'start is page aligned': rule(
    'The address has to be a multiple of the page size. mlock and munlock round it down instead.',
    'the system call itself',
  ),
  'address and offset are page aligned': rule(
    'A fixed address and a file offset have to be multiples of the page size. A mere hint is rounded.',
    'ksys_mmap_pgoff(); __get_unmapped_area()',
  ),
  'length is usable': rule('A length of 0, or one that rounds up to 0, maps nothing.', 'do_mmap()'),
  'below TASK_SIZE': rule('User addresses end at TASK_SIZE.', '__get_unmapped_area()'),
  'above mmap_min_addr': rule('Pages below vm.mmap_min_addr need CAP_SYS_RAWIO.', 'cap_mmap_addr()'),
  'a gap is free': rule('A gap of this length has to be found, from the top down.', 'vm_unmapped_area()'),
  'nothing is mapped there': rule('MAP_FIXED_NOREPLACE gives EEXIST rather than replace.', 'do_mmap()'),
  'type and flags go together': rule(
    'MAP_SHARED, MAP_PRIVATE or MAP_SHARED_VALIDATE, and of these exactly one. VALIDATE refuses flags it does not know.',
    'do_mmap()',
  ),
  'protection is known': rule('Only PROT_* bits that this machine has.', 'arch_validate_prot()'),
  'VMA may have it': rule(
    'The new protection must be within VM_MAYREAD, VM_MAYWRITE and VM_MAYEXEC of each VMA: what the mapping was ' +
      'opened for. VMAs before the one that may not are changed already.',
    'do_mprotect_pkey()',
  ),
  'advice is known': rule('The advice has to be one that this kernel was built with.', 'madvise_behavior_valid()'),
  'advice fits': rule(
    'An advice that would take pages away is refused for VM_LOCKED, and some for special or hugetlb VMAs. Holes are ' +
      'passed over and reported as ENOMEM at the end.',
    'can_madv_lru_vma(), madvise_dontneed_free_valid_vma()',
  ),
  'not below start_brk': rule('The heap cannot end before it begins.', 'brk()'),
  'room above the heap': rule('The heap grows in place: the way up must be free.', 'brk()'),
  query: rule('brk with an address below the heap changes nothing and answers where the heap ends.', 'brk()'),
  'not sealed': rule('A sealed VMA keeps its place, its protection and its contents.', 'vma_is_sealed()'),
  'VMA may be split': rule('Some mappings refuse to be cut.', '__split_vma()'),
  'old and new do not overlap': rule('mremap does not move a range onto itself.', 'check_mremap_params()'),
  'old_len 0 on a shared mapping': rule(
    'old_len 0 maps the same pages a second time; a private mapping has none to share.',
    'check_prep_vma()',
  ),
  'old is mapped': rule('Nothing can be moved from where nothing is: EFAULT.', 'check_prep_vma()'),
  'one VMA covers the old range': rule('A range that grows has to be within one VMA.', 'check_prep_vma()'),
  'VMA may grow': rule('VM_DONTEXPAND and VM_PFNMAP do not grow.', 'check_prep_vma()'),
  'room behind the VMA': rule(
    'Without MREMAP_MAYMOVE a mapping grows only where nothing is mapped behind it.',
    'vma_expandable()',
  ),
  'old range is still mapped': rule(
    'MREMAP_FIXED unmaps its destination first; that may have taken the source with it.',
    'mremap_to()',
  ),

  // files and segments
  'fd is usable': rule('The descriptor has to be open.', 'fget()'),
  'file allows it': rule(
    'Reading needs a readable descriptor; a shared writable mapping needs a writable one.',
    'do_mmap()',
  ),
  'inside the file': rule('Sizes and offsets stay within what the file can have.', 'do_ftruncate()'),
  'segment is known': rule('The id has to name a segment that was not removed.', 'shm_obtain_object_check()'),
  'fits the user’s limit': rule(
    'SHM_LOCK is charged to the user, all processes together, not to the mm: locked_vm does not move. The limit is ' +
      'RLIMIT_MEMLOCK of the caller.',
    'user_shm_lock()',
  ),

  // limits, capabilities, processes
  'resource is known': rule('There are 16 resources, 0 to 15.', 'do_prlimit()'),
  'soft is not above hard': rule('The soft limit is at most the hard one.', 'do_prlimit()'),
  'hard limit is not raised': rule(
    'Only CAP_SYS_RESOURCE raises a hard limit. Lowering is for everybody and unlocks nothing.',
    'do_prlimit()',
  ),
  'process exists': rule('The pid has to be alive.', 'prlimit64()'),
  RLIMIT_: rule('A limit holds for what is asked from now on. What is locked already stays.', 'do_prlimit()'),
  'effective set': rule('Capabilities are looked at in the effective set, at each call.', 'ns_capable()'),
  forked: rule(
    'A child has the mappings and the limits, but no lock: VM_LOCKED and def_flags are cleared, locked_vm is 0.',
    'dup_mmap(); mm_init()',
  ),
  exited: rule('With the process goes its mm, and with that all its locks.', 'exit_mmap()'),
  killed: rule('With the process goes its mm, and with that all its locks.', 'exit_mmap()'),
  'new image': rule('exec makes a new mm: nothing of it is locked.', 'exec_mmap()'),

  // touches and reclaim
  'read allowed': rule('The protection of the VMA decides; a guard marker refuses all.', 'handle_mm_fault()'),
  'write allowed': rule('The protection of the VMA decides; a guard marker refuses all.', 'handle_mm_fault()'),
  'page table': rule(
    'An absent page is brought: for a read of anonymous memory the shared zero page, for a write a page of its own. ' +
      'In a locked VMA the new page is mlocked at once.',
    'do_anonymous_page(), do_fault(); mlock_new_folio()',
  ),
  'stack may grow': rule(
    'A touch below the stack makes it grow, within RLIMIT_STACK and, if it is locked, RLIMIT_MEMLOCK. Else SIGSEGV.',
    'expand_downwards(), acct_stack_growth()',
  ),
  access: rule('A fault that no VMA allows becomes a signal.', 'do_user_addr_fault()'),
  taken: rule('Reclaim took pages that nothing pinned.', 'shrink_folio_list()'),
  kept: rule('Reclaim met pages that it has to leave.', 'shrink_folio_list(); try_to_unmap_one()'),
  modelled: rule('This simulator says so rather than guess.', 'none'),
  'simulated memory': rule('The memory of this simulator is full; Linux has no such check.', 'none'),
  'more of these': rule('Too many to list; all of them were done.', 'none'),
  ended: rule('The process is gone, and its mm with it.', 'exit_mmap()'),
};

/** Finds the rule of a row of WHY by its name: "VMA at page 10" is one of "VMA at". null where there is none. */
export function ruleOf(name: string): Rule | null {
  for (let end = name.length; end > 0; end = name.lastIndexOf(' ', end - 1)) {
    const head = name.slice(0, end).replace(/:$/, '');
    if (Object.hasOwn(RULES, head)) return RULES[head]!;
  }
  return name.startsWith('RLIMIT_') ? RULES['RLIMIT_']! : null;
}
