/** Milliseconds without a key after which typing rests. */
const REST = 400;

/** Keeps one call until typing rests. */
export interface Rest {
  /** Makes the call after REST, unless it is dropped before. */
  hold(call: () => void): void;
  drop(): void;
  /** Makes the call that is held now. */
  end(): void;
}

/** Begins with nothing held. Who edits drops what is held: an edit is no rest. */
export function createRest(): Rest {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let held: (() => void) | null = null;
  const drop = () => {
    clearTimeout(timer);
    held = null;
  };
  const end = () => {
    const call = held;
    drop();
    call?.();
  };
  return {
    hold(call) {
      drop();
      held = call;
      timer = setTimeout(end, REST);
    },
    drop,
    end,
  };
}
