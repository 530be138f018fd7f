// The page's end of the service worker: whether a newer version waits, and whether there is a network.
import { createSignal, type Accessor } from 'solid-js';

/** What the header says of the network and of versions. */
export interface Offline {
  /** The browser has no network; the page goes on without. */
  readonly isOffline: Accessor<boolean>;
  /** A newer version of the page is loaded and waits. */
  readonly hasUpdate: Accessor<boolean>;
  /** Begins the newer version: the page is loaded again, its text stays. */
  update(): void;
}

/** The part of the browser that this needs. */
export interface Network {
  /** undefined where the browser has none: an insecure address, a private window. */
  readonly workers: ServiceWorkerContainer | undefined;
  readonly isOnLine: () => boolean;
  /** Calls `changed` whenever isOnLine() may have. */
  onChange(changed: () => void): void;
  reload(): void;
}

/**
 * Watches network and versions. `script`: the address of the service worker, or null to have none (in development).
 * Nothing is fetched before `ready` is fulfilled: the first result does not wait for copies of files.
 */
export function createOffline(network: Network, script: string | null, ready: Promise<unknown>): Offline {
  const [isOffline, setOffline] = createSignal(!network.isOnLine());
  const [waiting, setWaiting] = createSignal<ServiceWorker | null>(null);
  network.onChange(() => setOffline(!network.isOnLine()));

  const { workers } = network;
  if (workers && script) void ready.then(() => watch(workers, script));

  async function watch(container: ServiceWorkerContainer, address: string): Promise<void> {
    // Without a worker before it, a first version takes over by itself and there is nothing to tell.
    let isUpdate = container.controller !== null;
    container.addEventListener('controllerchange', () => {
      if (isUpdate) network.reload();
      isUpdate = true;
    });
    let registration: ServiceWorkerRegistration;
    try {
      registration = await container.register(address);
    } catch {
      return; // storage is full or forbidden: the page needs the network, as any page does
    }
    const look = () => setWaiting(registration.active ? registration.waiting : null);
    const follow = () => registration.installing?.addEventListener('statechange', look);
    registration.addEventListener('updatefound', follow);
    follow();
    look();
  }

  return { isOffline, hasUpdate: () => waiting() !== null, update: () => waiting()?.postMessage('take over') };
}
