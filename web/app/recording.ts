// What was computed of a text beforehand, for browsers that cannot run the core: the build records the examples.
import type { Run, StepView } from '../run/model';
import type { StepText } from './protocol';
import { received, sendable, type Sent } from './wire';

/** A run with the one step of it that can be looked at. */
export interface Recording {
  readonly run: Run;
  readonly view: StepView;
  readonly texts: readonly StepText[];
}

const COLUMNS = { ArrayBuffer, Uint8Array, Uint16Array, Uint32Array, Float64Array, BigInt64Array, BigUint64Array };
type ColumnName = keyof typeof COLUMNS;

/** Writes a recording as JSON: a bigint as { bigint }, bytes as { bytes, as } in base64. The lists of its view are gone. */
export function writeRecording(recording: Recording): string {
  const { message } = sendable({ kind: 'run', id: 0, ...recording });
  return JSON.stringify(message, (_key, value: unknown) => {
    if (typeof value === 'bigint') return { bigint: value.toString() };
    if (value instanceof ArrayBuffer) return { bytes: base64(new Uint8Array(value)), as: 'ArrayBuffer' };
    if (!ArrayBuffer.isView(value)) return value;
    const { buffer, byteOffset, byteLength } = value;
    return { bytes: base64(new Uint8Array(buffer, byteOffset, byteLength)), as: value.constructor.name };
  });
}

/** Reads what writeRecording() wrote. */
export function readRecording(text: string): Recording {
  const sent = JSON.parse(text, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value;
    if ('bigint' in value) return BigInt(value.bigint as string);
    if (!('bytes' in value && 'as' in value)) return value;
    const { buffer } = Uint8Array.from(atob(value.bytes as string), (letter) => letter.charCodeAt(0));
    const name = value.as as ColumnName;
    return name === 'ArrayBuffer' ? buffer : new COLUMNS[name](buffer);
  }) as Sent;
  const answer = received(sent);
  if (answer.kind !== 'run' || !answer.view) throw new Error('This is no recording.');
  return { run: answer.run, view: answer.view, texts: answer.texts };
}

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
