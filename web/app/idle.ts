// <html data-idle="true"> while nothing is left to do: tests wait for it, never for time. Two performance marks, each with
// only its newest entry, tell when: SETTLED when the last answer is in the document, PAINTED when its frame is out.

export const SETTLED = 'playground:settled';
export const PAINTED = 'playground:painted';

/** Tells when parse, run and paint have settled. */
export interface Idle {
  /** Something was begun. May be called again while it is under way. */
  busy(what: string): void;
  /** It has ended; the page counts as idle once all has ended and two frames were painted. */
  done(what: string): void;
}

/** As Idle, for the page as a whole. */
export interface PageIdle extends Idle {
  /** Fulfilled when the page is idle for the first time. */
  readonly first: Promise<void>;
}

/** Keeps `data-idle` of an element. The page is busy from the start: the first run is to come. */
export function createIdle(root: HTMLElement): PageIdle {
  const open = new Set<string>(['start']);
  let turn = 0;
  let isIdle = () => {};
  const first = new Promise<void>((done) => (isIdle = done));
  root.dataset['idle'] = 'false';
  return {
    first,
    busy(what) {
      open.add(what);
      turn++;
      root.dataset['idle'] = 'false';
    },
    done(what) {
      open.delete(what);
      if (open.size > 0) return;
      const mine = ++turn;
      mark(SETTLED);
      requestAnimationFrame(() => {
        afterFrame(() => mine === turn && mark(PAINTED));
        requestAnimationFrame(() => {
          if (mine !== turn || open.size > 0) return;
          root.dataset['idle'] = 'true';
          isIdle();
        });
      });
    },
  };
}

function mark(name: string): void {
  performance.clearMarks(name);
  performance.mark(name);
}

/** Calls back in the first task after the frame that is being made. */
function afterFrame(call: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    call();
  };
  port2.postMessage(null);
}
