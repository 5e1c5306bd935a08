/** A route's input on the wire: over RPC as our pages send it, over REST as partners do, and broken in ways no client would. */
import { StandardRPCJsonSerializer, StandardRPCSerializer } from '@orpc/client/standard';
import { REST_PATH, RPC_PATH } from '@rexian/contracts';
import type { Dice, FuzzRoute } from './fuzz-values.ts';

export interface FuzzRequest {
  /** As our own pages ask, or as partners do. */
  by: 'page' | 'partner';
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | FormData | Uint8Array<ArrayBuffer> | null;
}

const serializer = new StandardRPCSerializer(new StandardRPCJsonSerializer());
/** What our pages send along against requests of foreign pages. */
const PAGE = { 'x-csrf-token': 'orpc' };
const JSON_TYPE = { 'content-type': 'application/json' };

/** Null when the value can't be sent this way. */
export function requestOf(route: FuzzRoute, input: unknown, dice: Dice): FuzzRequest | null {
  try {
    return dice.chance(route.partners ? 0.6 : 0.95) ? rpc(route, input, dice) : rest(route, input);
  } catch {
    // Too deep for the sender, or not for a URL.
    return null;
  }
}

const rpcPath = (route: FuzzRoute) => `${RPC_PATH}/${route.path.join('/')}`;

function rpc(route: FuzzRoute, input: unknown, dice: Dice): FuzzRequest {
  const path = rpcPath(route);
  if (input === undefined) return { by: 'page', method: 'POST', path, headers: PAGE, body: null };
  const sent: unknown = serializer.serialize(input);
  if (sent instanceof FormData) return { by: 'page', method: 'POST', path, headers: PAGE, body: sent };
  const json = JSON.stringify(sent);
  if (route.method === 'GET' && dice.chance(0.3)) {
    const query = new URLSearchParams({ data: json }).toString();
    // Longer ones are refused before anybody reads them.
    if (query.length < 14_000)
      return { by: 'page', method: 'GET', path: `${path}?${query}`, headers: PAGE, body: null };
  }
  return { by: 'page', method: 'POST', path, headers: { ...PAGE, ...JSON_TYPE }, body: json };
}

function rest(route: FuzzRoute, input: unknown): FuzzRequest {
  const fields: Record<string, unknown> = typeof input === 'object' && input !== null ? { ...input } : {};
  const path = route.restPath.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = fields[name];
    delete fields[name];
    return encodeURIComponent(String(value)).slice(0, 2_000) || '%20';
  });
  const { method } = route;
  if (method === 'GET') {
    const query = new URLSearchParams(
      Object.entries(fields).flatMap(([name, value]) => queryOf(name, value)),
    ).toString();
    const shown = query.slice(0, 14_000);
    return { by: 'partner', method, path: `${REST_PATH}${path}${shown ? `?${shown}` : ''}`, headers: {}, body: null };
  }
  if (Object.values(fields).some((value) => value instanceof Blob)) {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.set(name, value instanceof Blob ? value : String(value));
    return { by: 'partner', method, path: `${REST_PATH}${path}`, headers: {}, body };
  }
  const isObject = typeof input === 'object' && input !== null && !Array.isArray(input);
  return {
    by: 'partner',
    method,
    path: `${REST_PATH}${path}`,
    headers: JSON_TYPE,
    body: JSON.stringify(isObject ? fields : input) ?? null,
  };
}

/** Bracket notation, two levels deep. */
function queryOf(name: string, value: unknown): [string, string][] {
  if (Array.isArray(value)) return value.slice(0, 100).map((item, index) => [`${name}[${index}]`, String(item)]);
  if (value instanceof Date) return [[name, Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()]];
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).map(([key, inner]) => [`${name}[${key}]`, String(inner)]);
  return [[name, String(value)]];
}

const bytes = (...values: number[]) => Uint8Array.from(values);
const form = 'multipart/form-data; boundary=x';

/** Bodies that break what reads them rather than what the route checks. */
const BROKEN: { headers: Record<string, string>; body: FuzzRequest['body'] }[] = [
  { headers: JSON_TYPE, body: '' },
  { headers: JSON_TYPE, body: '{' },
  { headers: JSON_TYPE, body: 'null' },
  { headers: JSON_TYPE, body: '"x"' },
  { headers: JSON_TYPE, body: '[]' },
  { headers: JSON_TYPE, body: '['.repeat(100_000) },
  { headers: JSON_TYPE, body: `${'[['.repeat(20_000)}${']]'.repeat(20_000)}` },
  { headers: JSON_TYPE, body: `{"json":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}` },
  { headers: JSON_TYPE, body: '{"json":{},"meta":"x"}' },
  { headers: JSON_TYPE, body: '{"json":{},"meta":[[1,"__proto__","polluted"]]}' },
  { headers: JSON_TYPE, body: '{"json":{"a":1},"meta":[[1,"a","b","c"]]}' },
  { headers: JSON_TYPE, body: '{"json":{"a":"x"},"meta":[[5,"a"]]}' },
  { headers: JSON_TYPE, body: '{"json":{"a":"/(a+)+$/"},"meta":[[5,"a"]]}' },
  { headers: JSON_TYPE, body: '{"json":{"a":"x"},"meta":[[4,"a"],[0,"a"],[6,"a"],[7,"a"],[99,"a"],[1],[]]}' },
  { headers: JSON_TYPE, body: '{"json":{},"maps":[["a"]]}' },
  { headers: JSON_TYPE, body: '{"__proto__":{"admin":true},"json":{"__proto__":{"admin":true}}}' },
  { headers: JSON_TYPE, body: bytes(0xff, 0xfe, 0x00, 0x80) },
  { headers: { 'content-type': 'application/json; charset=utf-16' }, body: bytes(0x7b, 0x00, 0x7d, 0x00) },
  { headers: { ...JSON_TYPE, 'content-encoding': 'gzip' }, body: '{}' },
  { headers: { 'content-type': 'text/plain' }, body: '{"json":{}}' },
  { headers: { 'content-type': 'text/event-stream' }, body: 'data: x\n\n' },
  { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a[b][c]=1&a[b]=2&__proto__[x]=1&=&%' },
  { headers: { 'content-type': 'nonsense' }, body: '{}' },
  { headers: { 'content-type': form }, body: '' },
  { headers: { 'content-type': form }, body: '--x\r\ncontent-disposition: form-data; name="data"\r\n\r\n{' },
  {
    headers: { 'content-type': form },
    body: '--x\r\ncontent-disposition: form-data; name="data"\r\n\r\n{"json":1,"maps":[["__proto__"]]}\r\n--x--\r\n',
  },
  { headers: { 'content-type': 'multipart/form-data' }, body: 'x' },
  { headers: JSON_TYPE, body: `{"json":"${'x'.repeat(2_000_000)}"}` },
];

/** A request to the route whose body nobody can make sense of. */
export function brokenRequest(route: FuzzRoute, dice: Dice): FuzzRequest {
  const broken = dice.pick(BROKEN);
  const byRpc = dice.chance(0.5);
  const by = byRpc ? 'page' : 'partner';
  const headers = byRpc ? PAGE : {};
  const path = byRpc ? rpcPath(route) : `${REST_PATH}${route.restPath.replaceAll(/\{\w+\}/g, 'x')}`;
  if (route.method === 'GET' && dice.chance(0.5)) {
    const query = dice.pick([
      'data=',
      'data={',
      'data=null',
      'data[]=1',
      '%',
      'a[b]=1&a=2',
      '__proto__[x]=1',
      'limit=-1&limit=2',
    ]);
    return { by, method: 'GET', path: `${path}?${query}`, headers, body: null };
  }
  const method = byRpc || route.method === 'GET' ? 'POST' : route.method;
  return { by, method, path, headers: { ...headers, ...broken.headers }, body: broken.body };
}
