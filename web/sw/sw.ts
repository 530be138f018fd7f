// The service worker: the page works offline after its first load. One version is one cache, filled as a whole before
// the version may serve anything, so no page ever gets files of two builds:
//
//   install    all files of this build into its cache; a file that fails ends the installation, the old version stays
//   waiting    until the page that is open asks for the new version ("take over"), or the last page is closed
//   activate   caches go, but for this one and the one before: a page of the old build that is still open may load a
//              part late (their names carry a hash of their content)
//   fetch      a navigation gets this build's page, a file comes from whatever cache has it, else from the network
import { FILES, VERSION } from 'playground:files';

const OURS = 'mlock-playground ';
const CACHE = OURS + VERSION;
const PAGE = './';

const worker = self as unknown as ServiceWorkerGlobalScope;

async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  // Names with a hash never change their content, so the browser's own cache may answer; the others are asked for anew.
  await cache.addAll(
    FILES.map((file) => new Request(file, { cache: file.startsWith('assets/') ? 'default' : 'reload' })),
  );
}

async function activate(): Promise<void> {
  const ours = (await caches.keys()).filter((name) => name.startsWith(OURS)); // in the order of their making
  const previous = ours.filter((name) => name !== CACHE).at(-1);
  await Promise.all(ours.filter((name) => name !== CACHE && name !== previous).map((name) => caches.delete(name)));
  await worker.clients.claim();
}

async function answer(request: Request): Promise<Response> {
  if (request.mode === 'navigate') {
    const page = await caches.match(PAGE, { cacheName: CACHE });
    return page ?? fetch(request);
  }
  // A file is the same for everybody, whatever its host varies it by.
  return (await caches.match(request, { ignoreSearch: true, ignoreVary: true })) ?? fetch(request);
}

worker.addEventListener('install', (event) => event.waitUntil(install()));
worker.addEventListener('activate', (event) => event.waitUntil(activate()));
worker.addEventListener('message', () => void worker.skipWaiting()); // pages have nothing else to say
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const isOurs = request.method === 'GET' && request.url.startsWith(worker.registration.scope);
  if (isOurs) event.respondWith(answer(request));
});
