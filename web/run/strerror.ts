// glibc's texts of strerror(), for perror() and %s.

const TEXTS: Readonly<Record<number, string>> = {
  0: 'Success',
  1: 'Operation not permitted',
  2: 'No such file or directory',
  3: 'No such process',
  4: 'Interrupted system call',
  8: 'Exec format error',
  9: 'Bad file descriptor',
  10: 'No child processes',
  11: 'Resource temporarily unavailable',
  12: 'Cannot allocate memory',
  13: 'Permission denied',
  14: 'Bad address',
  16: 'Device or resource busy',
  17: 'File exists',
  19: 'No such device',
  22: 'Invalid argument',
  24: 'Too many open files',
  27: 'File too large',
  28: 'No space left on device',
  33: 'Numerical argument out of domain',
  34: 'Numerical result out of range',
  38: 'Function not implemented',
  43: 'Identifier removed',
  75: 'Value too large for defined data type',
  95: 'Operation not supported',
};

/** Gives the text of an error number. */
export function strerror(errno: number): string {
  return TEXTS[errno] ?? `Unknown error ${errno}`;
}
