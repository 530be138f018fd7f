import type { CoreInstance } from './kernel';

/** Makes an instance of the compiled core. What the core's own assertions say is thrown. */
export function instantiate(module: WebAssembly.Module): CoreInstance {
  const text = (at: number): string => {
    if (at === 0) return '';
    const length = new Uint32Array(core.memory.buffer)[(at - 4) >> 2]! >> 1;
    return String.fromCharCode(...new Uint16Array(core.memory.buffer, at, length));
  };
  const abort = (message: number, file: number, line: number, column: number): never => {
    throw new Error(`core: ${text(message)} (${text(file)}:${line}:${column})`);
  };
  const core = new WebAssembly.Instance(module, { env: { abort } }).exports as unknown as CoreInstance;
  return core;
}

/** Tells whether this browser can run the core at all. */
export const hasWebAssembly = (): boolean => typeof WebAssembly !== 'undefined';

/** Fetches and compiles the core, also from a host that serves .wasm with another type. */
export async function fetchCore(url: URL | string): Promise<WebAssembly.Module> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${String(url)}: HTTP ${response.status}`);
  return response.headers.get('content-type') === 'application/wasm'
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}

/** Compiles the core from its bytes (Node). */
export function compileCore(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module {
  return new WebAssembly.Module(bytes);
}
