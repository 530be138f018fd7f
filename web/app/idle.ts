// <html data-idle="true"> while nothing is left to do: tests wait for it, never for time.

/** Tells when parse, run and paint have settled. */
export interface Idle {
  /** Something was begun. May be called again while it is under way. */
  busy(what: string): void;
  /** It has ended; the page counts as idle once all has ended and two frames were painted. */
  done(what: string): void;
}

/** Keeps `data-idle` of an element. The page is busy from the start: the first run is to come. */
export function createIdle(root: HTMLElement): Idle {
  const open = new Set<string>(['start']);
  let turn = 0;
  root.dataset['idle'] = 'false';
  return {
    busy(what) {
      open.add(what);
      turn++;
      root.dataset['idle'] = 'false';
    },
    done(what) {
      open.delete(what);
      if (open.size > 0) return;
      const mine = ++turn;
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          if (mine === turn && open.size === 0) root.dataset['idle'] = 'true';
        }),
      );
    },
  };
}
