// Bits of the effective capability set, as far as memory locking asks for them.

export const CAPS_IPC_LOCK = 1;
export const CAPS_SYS_RESOURCE = 2;
export const CAPS_SYS_RAWIO = 4;
