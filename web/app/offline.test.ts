import { describe, expect, it } from 'vitest';
import { createOffline, type Network } from './offline';

class FakeWorker extends EventTarget {
  readonly heard: unknown[] = [];
  postMessage = (message: unknown) => void this.heard.push(message);
}

class FakeRegistration extends EventTarget {
  active: FakeWorker | null = null;
  waiting: FakeWorker | null = null;
  installing: FakeWorker | null = null;

  /** A new version is found and installed. */
  install(): FakeWorker {
    const worker = new FakeWorker();
    this.installing = worker;
    this.dispatchEvent(new Event('updatefound'));
    this.installing = null;
    this.waiting = worker;
    worker.dispatchEvent(new Event('statechange'));
    return worker;
  }
}

class FakeContainer extends EventTarget {
  readonly registration = new FakeRegistration();
  readonly asked: string[] = [];
  constructor(public controller: FakeWorker | null) {
    super();
    this.registration.active = controller;
  }
  async register(address: string) {
    this.asked.push(address);
    return this.registration;
  }
}

function network(container: FakeContainer | undefined) {
  const seen = { reloads: 0, isOnLine: true, change: () => {} };
  const made: Network = {
    workers: container as unknown as ServiceWorkerContainer,
    isOnLine: () => seen.isOnLine,
    onChange: (changed) => (seen.change = changed),
    reload: () => seen.reloads++,
  };
  return { seen, made };
}

const settled = () => new Promise((done) => setTimeout(done));

describe('offline', () => {
  it('says when the network goes and comes', () => {
    const { seen, made } = network(undefined);
    const offline = createOffline(made, './sw.js', Promise.resolve());
    expect(offline.isOffline()).toBe(false);
    seen.isOnLine = false;
    seen.change();
    expect(offline.isOffline()).toBe(true);
  });

  it('asks for no worker before the page is ready, and for none in development', async () => {
    const container = new FakeContainer(null);
    let ready = () => {};
    createOffline(network(container).made, './sw.js', new Promise<void>((done) => (ready = done)));
    createOffline(network(container).made, null, Promise.resolve());
    await settled();
    expect(container.asked).toEqual([]);
    ready();
    await settled();
    expect(container.asked).toEqual(['./sw.js']);
  });

  it('takes the first version without a word', async () => {
    const container = new FakeContainer(null);
    const { seen, made } = network(container);
    const offline = createOffline(made, './sw.js', Promise.resolve());
    await settled();
    container.registration.install();
    expect(offline.hasUpdate()).toBe(false);
    container.dispatchEvent(new Event('controllerchange'));
    expect(seen.reloads).toBe(0);
  });

  it('offers a newer version, begins it when asked, and loads the page again', async () => {
    const container = new FakeContainer(new FakeWorker());
    const { seen, made } = network(container);
    const offline = createOffline(made, './sw.js', Promise.resolve());
    await settled();
    const next = container.registration.install();
    expect(offline.hasUpdate()).toBe(true);
    expect(next.heard).toEqual([]);
    offline.update();
    expect(next.heard).toEqual(['take over']);
    container.dispatchEvent(new Event('controllerchange'));
    expect(seen.reloads).toBe(1);
  });

  it('offers a version that was already waiting when the page came', async () => {
    const container = new FakeContainer(new FakeWorker());
    container.registration.waiting = new FakeWorker();
    const offline = createOffline(network(container).made, './sw.js', Promise.resolve());
    await settled();
    expect(offline.hasUpdate()).toBe(true);
  });
});
