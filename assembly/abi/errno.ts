// Linux: include/uapi/asm-generic/errno-base.h, errno.h. ENOT_MODELLED and EOUT_OF_MEMORY are the playground's own
// answers, outside the kernel's range of -1 to -4095.

export const EPERM = 1;
export const ENOENT = 2;
export const ESRCH = 3;
export const EINTR = 4;
export const ENOEXEC = 8;
export const EBADF = 9;
export const ECHILD = 10;
export const EAGAIN = 11;
export const ENOMEM = 12;
export const EACCES = 13;
export const EFAULT = 14;
export const EBUSY = 16;
export const EEXIST = 17;
export const ENODEV = 19;
export const EINVAL = 22;
export const EMFILE = 24;
export const EFBIG = 27;
export const ENOSPC = 28;
export const ENOSYS = 38;
export const EIDRM = 43;
export const EOVERFLOW = 75;
export const EOPNOTSUPP = 95;

/** Result of a call or flag that the support table lists as not modelled: nothing was changed. */
export const ENOT_MODELLED = 5000;
/** Result of a call that would need more simulated memory than there is: nothing was changed. */
export const EOUT_OF_MEMORY = 5001;

export const SIGKILL = 9;
export const SIGBUS = 7;
export const SIGSEGV = 11;
export const SIGABRT = 6;
export const SIGTERM = 15;
export const SEGV_MAPERR = 1;
export const SEGV_ACCERR = 2;
export const SEGV_PKUERR = 4;
export const BUS_ADRERR = 2;
