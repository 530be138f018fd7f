// Place and Diagnostic have the shape that run/model.ts hands on: lang knows nothing of run.

/** A piece of the source text: offsets in UTF-16 units; line and column count from 1. */
export interface Place {
  readonly from: number;
  readonly to: number;
  readonly line: number;
  readonly column: number;
}

/** A replacement of [from, to) of the source. */
export interface Edit {
  readonly title: string;
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** Something that the author of a text has to mend or know. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning' | 'hint';
  /** Stable short name, e.g. 'missing-paren', 'unknown-name', 'call-failed'. */
  readonly code: string;
  readonly place: Place;
  /** What is wrong, then what to write instead. One or two short sentences. */
  readonly message: string;
  readonly fix?: Edit;
}

/** A range of the source, before anybody asks for its line. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Diagnostics beyond this number are left out: nobody reads them, and a broken text can have thousands. */
export const MAX_DIAGNOSTICS = 100;

/** Finds the line and column of an offset in one text. */
export class Lines {
  readonly #starts: number[] = [0];

  constructor(source: string) {
    for (let at = source.indexOf('\n'); at !== -1; at = source.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  /** Gives the place of a range. */
  place({ from, to }: Range): Place {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle]! <= from) low = middle;
      else high = middle;
    }
    return { from, to, line: low + 1, column: from - this.#starts[low]! + 1 };
  }
}

/** Collects what is wrong with one text. */
export class Report {
  readonly list: Diagnostic[] = [];
  readonly lines: Lines;
  /** Errors met so far, also those left out or said already. */
  errors = 0;
  readonly #said = new Set<string>();

  constructor(readonly source: string) {
    this.lines = new Lines(source);
  }

  /** Adds an error and returns it. The same sentence at the same place is kept once. */
  error(code: string, range: Range, message: string, fix?: Edit): Diagnostic {
    this.errors++;
    return this.#add('error', code, range, message, fix);
  }

  warning(code: string, range: Range, message: string, fix?: Edit): Diagnostic {
    return this.#add('warning', code, range, message, fix);
  }

  #add(severity: Diagnostic['severity'], code: string, range: Range, message: string, fix?: Edit): Diagnostic {
    const { list } = this;
    const last = list.at(-1);
    if (last && list.length >= MAX_DIAGNOSTICS) return list.find((one) => one.severity === severity) ?? last;
    const place = this.lines.place(range);
    const diagnostic: Diagnostic = { severity, code, place, message, ...(fix ? { fix } : {}) };
    const key = `${range.from} ${message}`;
    if (!this.#said.has(key)) list.push(diagnostic);
    this.#said.add(key);
    return diagnostic;
  }
}
