/** A random UUID (RFC 9562, version 4). `crypto.randomUUID` there is at secure addresses only. */
export const newUuid = (): string => written(crypto.getRandomValues(new Uint8Array(16)), 4);

/**
 * A UUID of version 7 (RFC 9562), for rows that the page names: lists go by it.
 * @param now the server's time in epoch milliseconds
 */
export function newTimeUuid(now: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, Math.floor(now / 2 ** 32));
  view.setUint32(2, now % 2 ** 32);
  return written(bytes, 7);
}

function written(bytes: Uint8Array, version: 4 | 7): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
