import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig, runnerImport, type Plugin } from 'vite';
import solid from 'vite-plugin-solid';
import { compile, ensureCore } from './assembly/build.mjs';

const root = import.meta.dirname;

/** Builds the core if it is stale when Vite starts; in dev again on every change below assembly/, then reloads the page. */
function assemblyscript(): Plugin {
  const folder = resolve(root, 'assembly');
  return {
    name: 'playground:assemblyscript',
    async config(_config, env) {
      if (!env.isPreview) await ensureCore();
    },
    configureServer(server) {
      let queue = Promise.resolve(); // one build at a time, in the order of the edits
      const rebuild = async () => {
        try {
          await compile();
          server.ws.send({ type: 'full-reload' });
        } catch (error) {
          const { message } = error as Error;
          server.config.logger.error(message);
          server.ws.send({ type: 'error', err: { message, stack: '' } });
        }
      };
      server.watcher.add(folder);
      server.watcher.on('all', (event, file) => {
        const ours = file.startsWith(folder) && file.endsWith('.ts') && !file.endsWith('.test.ts');
        if (ours && ['add', 'change', 'unlink'].includes(event)) queue = queue.then(rebuild);
      });
    },
  };
}

/** Puts the Content-Security-Policy into the built page only: the dev server needs inline scripts for its reloads. */
function contentSecurityPolicy(): Plugin {
  const content = [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self' 'unsafe-inline'", // Monaco makes style elements
    "font-src 'self'",
    "img-src 'self' data:",
    "worker-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return {
    name: 'playground:csp',
    apply: 'build',
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content }, injectTo: 'head-prepend' },
    ],
  };
}

/** What the examples show, for browsers without WebAssembly: recorded when the module is asked for. */
function recordings(): Plugin {
  const id = '\0playground:recordings';
  return {
    name: 'playground:recordings',
    resolveId: (source) => (source === 'playground:recordings' ? id : null),
    async load(loaded) {
      if (loaded !== id) return null;
      const record = await runnerImport<typeof import('./web/app/record')>(resolve(root, 'web/app/record.ts'));
      const folder = resolve(root, 'examples');
      const files = readdirSync(folder).filter((name) => name.endsWith('.c'));
      const texts = files.map((name) => readFileSync(resolve(folder, name), 'utf8'));
      const all = record.module.recordAll(readFileSync(resolve(root, 'build/core.wasm')), texts);
      return `export const RECORDINGS = JSON.parse(${JSON.stringify(JSON.stringify(all))});`;
    },
  };
}

/** Tells the service worker (web/sw) every file of the build, and a version that changes with any of them. */
function serviceWorkerFiles(): Plugin {
  const id = '\0playground:files';
  const [files, version] = ['__PLAYGROUND_FILES__', '__PLAYGROUND_VERSION__'];
  const publicFolder = resolve(root, 'web/public');
  return {
    name: 'playground:files',
    resolveId: (source) => (source === 'playground:files' ? id : null),
    load: (loaded) => (loaded === id ? `export const FILES = ${files}; export const VERSION = '${version}';` : null),
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const worker = bundle['sw.js'];
        if (worker?.type !== 'chunk') return;
        if (worker.imports.length > 0) throw new Error(`sw.js is one classic script, but it imports ${worker.imports}`);
        const hash = createHash('sha256');
        const others = Object.values(bundle).filter((file) => file !== worker);
        for (const file of others) hash.update(file.fileName).update(file.type === 'chunk' ? file.code : file.source);
        const kept = readdirSync(publicFolder);
        for (const name of kept) hash.update(readFileSync(resolve(publicFolder, name)));
        hash.update(worker.code);
        // The page goes by its folder: some hosts send away who asks for index.html.
        const names = others
          .map(({ fileName }) => (fileName === 'index.html' ? './' : fileName))
          .filter((name) => !name.includes('recordings')); // a browser that needs them has no use for the rest offline
        const all = [...names, ...kept].sort();
        worker.code = worker.code.replace(files, JSON.stringify(all)).replace(version, hash.digest('hex').slice(0, 16));
      },
    },
  };
}

export default defineConfig({
  root: 'web',
  base: './', // the same build works below any path
  plugins: [assemblyscript(), solid(), contentSecurityPolicy(), recordings(), serviceWorkerFiles()],
  worker: { format: 'es' },
  server: { host: '127.0.0.1', fs: { allow: [root] } },
  preview: { host: process.env['HOST'] ?? '127.0.0.1', port: Number(process.env['PORT'] ?? 4173) },
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0, // a data: URL would need a wider policy
    chunkSizeWarningLimit: 4000, // Monaco
    modulePreload: {
      polyfill: false,
      // A part that comes later names its style sheet only: lists of all its scripts would stand in the first part.
      resolveDependencies: (_file, files, { hostType }) =>
        hostType === 'html' ? files : files.filter((file) => file.endsWith('.css')),
    },
    rolldownOptions: {
      input: { index: resolve(root, 'web/index.html'), sw: resolve(root, 'web/sw/sw.ts') },
      output: { entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
    },
  },
});
