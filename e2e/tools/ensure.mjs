// Sets up what a command needs with Node's own modules alone, so that it works before anything is installed:
// `node e2e/tools/ensure.mjs deps [browser]`. Writes to stderr only: a command's stdout is its own.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const npm = process.env.npm_execpath; // the npm that runs this script

function run(command, args, options = {}) {
  console.error(`> ${command} ${args.join(' ')}`);
  return spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options }).status === 0;
}

function runNpm(...args) {
  return npm ? run(process.execPath, [npm, ...args]) : run('npm', args, { shell: process.platform === 'win32' });
}

/** Tells whether npm's own note of what it installed agrees with the lock file; packages for other systems may lack. */
function isInstalled(lock) {
  const note = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(note)) return false;
  const installed = JSON.parse(readFileSync(note, 'utf8')).packages;
  const wanted = Object.entries(JSON.parse(lock).packages).filter(([path]) => path !== '');
  return wanted.every(([path, { version, optional }]) =>
    installed[path] ? installed[path].version === version && existsSync(join(root, path)) : optional,
  );
}

function deps() {
  const mark = join(root, 'node_modules', '.lock-hash');
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const hash = createHash('sha256').update(lock).digest('hex');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === hash) return;
  if (!isInstalled(lock) && !runNpm('ci', '--no-audit', '--no-fund')) throw new Error('npm ci failed.');
  writeFileSync(mark, hash);
}

/** Runs `path --version` and returns the answer, or null where there is no program that starts. */
function versionOf(path) {
  try {
    accessSync(path, constants.X_OK);
  } catch {
    return null;
  }
  // Chrome for Windows opens a window instead of answering.
  if (process.platform === 'win32') return 'found';
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return status === 0 ? stdout.trim() : null;
}

function onPath() {
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chromium-headless-shell'];
  const folders = (process.env.PATH ?? '').split(delimiter);
  const paths = [...names, 'microsoft-edge'].flatMap((name) => folders.map((folder) => join(folder, name)));
  if (process.platform === 'darwin') {
    for (const name of ['Google Chrome', 'Chromium']) paths.push(`/Applications/${name}.app/Contents/MacOS/${name}`);
  }
  if (process.platform === 'win32') {
    for (const base of [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]) {
      if (!base) continue;
      paths.push(
        join(base, 'Google/Chrome/Application/chrome.exe'),
        join(base, 'Microsoft/Edge/Application/msedge.exe'),
      );
    }
  }
  return paths.find((path) => existsSync(path) && versionOf(path) !== null);
}

async function playwrightsOwn() {
  const { chromium } = await import('playwright-core');
  const path = chromium.executablePath();
  return path && existsSync(path) && versionOf(path) !== null ? path : undefined;
}

function install() {
  return run(process.execPath, [join(root, 'node_modules', '@playwright', 'test', 'cli.js'), 'install', 'chromium']);
}

function installByApt() {
  const possible = process.platform === 'linux' && process.getuid() === 0 && existsSync('/usr/bin/apt-get');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return (
    possible &&
    run('apt-get', ['update', '-qq'], { env }) &&
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env })
  );
}

async function browser() {
  const given = process.env.BROWSER_PATH;
  if (given && versionOf(given) === null) throw new Error(`BROWSER_PATH names no program that starts: ${given}`);
  const path =
    given ||
    (await playwrightsOwn()) ||
    onPath() ||
    (install() && (await playwrightsOwn())) ||
    (installByApt() && onPath());
  if (!path) throw new Error('No Chromium found. Install Chrome or Chromium, or set BROWSER_PATH to one.');
  mkdirSync(join(root, 'build'), { recursive: true });
  writeFileSync(join(root, 'build', 'browser.json'), JSON.stringify({ path }));
  console.error(`browser: ${path} (${versionOf(path)})`);
}

try {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(`Node 20.19 or newer is needed; this is ${process.version}.`);
  }
  const wanted = process.argv.slice(2);
  if (wanted.includes('deps')) deps();
  if (wanted.includes('browser')) await browser();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
