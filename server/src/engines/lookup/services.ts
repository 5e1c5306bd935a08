/**
 * Systems that flows ask by name: where they are and what lets us in is known to whoever runs the platform, never to flows. A node's address
 * `service:tax/people?phone=…` is asked at `<url of tax>/people?phone=…`.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const service = z.strictObject({
  /** Everything asked lies below it. */
  url: z.url({ protocol: /^https?$/ }),
  headers: z.record(z.string().regex(/^[\w-]+$/), z.string()).default({}),
});
const services = z.record(z.string().regex(/^[a-z][a-z0-9-]{0,39}$/), service);

export type LookupService = z.infer<typeof service>;
export type LookupServices = ReadonlyMap<string, LookupService>;

/** Reads the file of `LOOKUP_SERVICES_FILE`. Throws an Error that says what is wrong with it, without what stands in it. */
export function readServices(file: string): LookupServices {
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new Error(`LOOKUP_SERVICES_FILE: ${file} can't be read, or is not JSON`);
  }
  const parsed = services.safeParse(document);
  if (parsed.success) return new Map(Object.entries(parsed.data));
  const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`LOOKUP_SERVICES_FILE: ${wrong.join('; ')}`);
}

const ADDRESS = /^service:([a-z][a-z0-9-]*)([/?].*)?$/;

/** The service that an address names and the full URL; null: it names none. Throws for an unknown one, and for what lies outside it. */
export function serviceOf(
  known: LookupServices,
  address: string,
): { url: URL; headers: Record<string, string> } | null {
  const [, name = '', rest = ''] = ADDRESS.exec(address) ?? [];
  if (!name) return null;
  const service = known.get(name);
  if (!service) throw new Error(`there is no service '${name}'`);
  const base = new URL(service.url.replace(/\/+$/, ''));
  const url = new URL(`${base.href.replace(/\/$/, '')}${rest}`);
  const below = base.pathname.replace(/\/$/, '');
  if (url.origin !== base.origin || !(url.pathname === below || url.pathname.startsWith(`${below}/`)))
    throw new Error(`the address leaves the service '${name}'`);
  return { url, headers: service.headers };
}
