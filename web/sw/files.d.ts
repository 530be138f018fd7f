// Filled in by vite.config.ts when all other files of the build are known.
declare module 'playground:files' {
  /** Every file of this build, relative to the page, which is './'. */
  export const FILES: readonly string[];
  /** Changes with any of the files. */
  export const VERSION: string;
}
