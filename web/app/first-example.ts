import text from '../../examples/01-hole-keeps-what-came-before.c?raw';

/** The scenario of a first visit, without all the others: the first result waits for it. */
export const firstExample = (): string => text;
