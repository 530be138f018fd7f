// Start images, argument 0 of P_start.

export const IMAGE_EMPTY = 0;
export const IMAGE_STATIC = 1;
export const IMAGE_GLIBC = 2;
