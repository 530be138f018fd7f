// Filled in by vite.config.ts, with what web/app/record.ts makes of examples/.
declare module 'playground:recordings' {
  /** A recording by the text that it is of. */
  export const RECORDINGS: Readonly<Record<string, string>>;
}
