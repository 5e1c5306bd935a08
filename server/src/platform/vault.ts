/**
 * Personal data at rest: sealed with authenticated encryption, found again through blind indexes (keyed hashes). A sealed value says
 * which key it was sealed with, so that keys can be changed while the platform runs.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, unwatchFile, watchFile } from 'node:fs';
import { z } from 'zod';

/** AES-256-GCM (NIST SP 800-38D), or SM4-CTR with HMAC-SM3 over it (GB/T 32907, GB/T 32905), which OpenSSL's SM4 has no GCM for. */
export const dataCipher = z.enum(['aes-256-gcm', 'sm4']);
export type DataCipher = z.infer<typeof dataCipher>;

/** What a value is: equal values of different kinds have different indexes. */
export type Purpose =
  | 'number'
  | 'name'
  | 'id_number'
  | 'tax_number'
  | 'totp'
  | 'sip_password'
  | 'flow_variables'
  | 'work_order'
  | 'order_filter'
  | 'sms_text'
  | 'taxpayer_query'
  | 'taxpayer'
  | 'source_key'
  | 'partner_secret'
  | 'partner_message';

const dataKey = z.object({ id: z.number().int().min(1).max(65_535), cipher: dataCipher, secret: z.base64() });
const keyRing = z
  .object({ active: z.number().int(), keys: z.array(dataKey).min(1) })
  .refine(({ active, keys }) => keys.some((key) => key.id === active), 'the active key is not among the keys')
  .refine(({ keys }) => keys.every((key) => Buffer.from(key.secret, 'base64').length >= 32), 'a key is under 32 bytes');
export type KeyRing = z.infer<typeof keyRing>;

export const newDataKey = (id: number, cipher: DataCipher): KeyRing['keys'][number] => ({
  id,
  cipher,
  secret: randomBytes(32).toString('base64'),
});

/** Reads `id:cipher:base64,…` (the first is active) or a JSON key file. Throws an Error that says what is wrong with it. */
export function readKeyRing(source: { keys?: string | undefined; file?: string | undefined }): KeyRing {
  if (source.keys) {
    const keys = source.keys.split(',').map((entry) => {
      const [id, cipher, secret] = entry.trim().split(':');
      return { id: Number(id), cipher, secret };
    });
    return checked({ active: keys[0]?.id, keys }, 'REXIAN_DATA_KEYS');
  }
  if (!source.file || !existsSync(source.file))
    throw new Error(`no data key: set REXIAN_DATA_KEYS or REXIAN_DATA_KEY_FILE (looked at '${source.file ?? ''}')`);
  return checked(JSON.parse(readFileSync(source.file, 'utf8')), source.file);
}

function checked(value: unknown, where: string): KeyRing {
  const parsed = keyRing.safeParse(value);
  if (!parsed.success) throw new Error(`data keys in ${where} are wrong: ${parsed.error.issues[0]?.message}`);
  return parsed.data;
}

const FORMAT = 1;
const HEAD = 3;
const INDEX_BYTES = 16;

interface Key {
  id: number;
  cipher: DataCipher;
  seal: Buffer;
  mac: Buffer;
  index(purpose: string): Buffer;
}

function deriveKey({ id, cipher, secret }: KeyRing['keys'][number]): Key {
  const digest = cipher === 'sm4' ? 'sm3' : 'sha256';
  const derive = (purpose: string, bytes: number) =>
    Buffer.from(hkdfSync(digest, Buffer.from(secret, 'base64'), '', `rexian ${purpose}`, bytes));
  const indexes = new Map<string, Buffer>();
  const index = (purpose: string) => {
    const known = indexes.get(purpose) ?? derive(`index ${purpose}`, 32);
    indexes.set(purpose, known);
    return known;
  };
  return { id, cipher, seal: derive('seal', cipher === 'sm4' ? 16 : 32), mac: derive('mac', 32), index };
}

export class Vault {
  #keys = new Map<number, Key>();
  #active!: Key;
  #file: string | null = null;

  constructor(ring: KeyRing) {
    this.use(ring);
  }

  /** A vault on a key file that notices within two seconds when the file gets a new key. */
  static ofFile(file: string, onError: (error: unknown) => void): Vault {
    const vault = new Vault(readKeyRing({ file }));
    vault.#file = file;
    watchFile(file, { interval: 2_000, persistent: false }, () => {
      try {
        vault.use(readKeyRing({ file }));
      } catch (error) {
        onError(error);
      }
    });
    return vault;
  }

  use(ring: KeyRing): void {
    this.#keys = new Map(ring.keys.map((key) => [key.id, deriveKey(key)]));
    this.#active = this.#key(ring.active);
  }

  close(): void {
    if (this.#file) unwatchFile(this.#file);
  }

  get activeKeyId(): number {
    return this.#active.id;
  }

  seal(purpose: Purpose, text: string): Buffer {
    const head = Buffer.alloc(HEAD);
    head.writeUInt8(FORMAT, 0);
    head.writeUInt16BE(this.#active.id, 1);
    const aad = Buffer.concat([head, Buffer.from(purpose)]);
    const seal = this.#active.cipher === 'sm4' ? sealSm4 : sealAes;
    return Buffer.concat([head, seal(this.#active, aad, Buffer.from(text, 'utf8'))]);
  }

  /** Throws when the key is unknown, or the value was changed or belongs to another purpose. */
  open(purpose: Purpose, sealed: Uint8Array): string {
    const bytes = Buffer.from(sealed);
    const head = bytes.subarray(0, HEAD);
    if (head.length < HEAD || head.readUInt8(0) !== FORMAT) throw new Error('not a sealed value');
    const key = this.#key(head.readUInt16BE(1));
    const aad = Buffer.concat([head, Buffer.from(purpose)]);
    return (key.cipher === 'sm4' ? openSm4 : openAes)(key, aad, bytes.subarray(HEAD)).toString('utf8');
  }

  /** The key a value was sealed with. */
  keyIdOf(sealed: Uint8Array): number {
    return Buffer.from(sealed).readUInt16BE(1);
  }

  /** What a value is stored under, so that equal values are found. */
  index(purpose: Purpose, text: string): Buffer {
    return blind(this.#active, purpose, text);
  }

  /** The same under every key in use: what to look for while a key is being changed. */
  indexes(purpose: Purpose, text: string): Buffer[] {
    return [...this.#keys.values()].map((key) => blind(key, purpose, text));
  }

  /** Index of the last four characters; null for shorter values. */
  tail(purpose: Purpose, text: string): Buffer | null {
    return text.length < 4 ? null : blind(this.#active, `${purpose} tail`, text.slice(-4));
  }

  tails(purpose: Purpose, lastFour: string): Buffer[] {
    return [...this.#keys.values()].map((key) => blind(key, `${purpose} tail`, lastFour));
  }

  #key(id: number): Key {
    const key = this.#keys.get(id);
    if (!key) throw new Error(`data key ${id} is not known here`);
    return key;
  }
}

function blind(key: Key, purpose: string, text: string): Buffer {
  const digest = key.cipher === 'sm4' ? 'sm3' : 'sha256';
  return createHmac(digest, key.index(purpose)).update(text, 'utf8').digest().subarray(0, INDEX_BYTES);
}

function sealAes(key: Key, aad: Buffer, text: Buffer): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key.seal, nonce).setAAD(aad);
  return Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
}

function openAes(key: Key, aad: Buffer, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key.seal, sealed.subarray(0, 12), { authTagLength: 16 });
  decipher.setAAD(aad).setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
}

function sealSm4(key: Key, aad: Buffer, text: Buffer): Buffer {
  const iv = randomBytes(16);
  const cipher = createCipheriv('sm4-ctr', key.seal, iv);
  const body = Buffer.concat([iv, cipher.update(text), cipher.final()]);
  return Buffer.concat([body, macSm3(key, aad, body)]);
}

function openSm4(key: Key, aad: Buffer, sealed: Buffer): Buffer {
  const body = sealed.subarray(0, -16);
  if (sealed.length < 32 || !timingSafeEqual(macSm3(key, aad, body), sealed.subarray(-16)))
    throw new Error('sealed value was changed');
  const decipher = createDecipheriv('sm4-ctr', key.seal, body.subarray(0, 16));
  return Buffer.concat([decipher.update(body.subarray(16)), decipher.final()]);
}

const macSm3 = (key: Key, aad: Buffer, body: Buffer) =>
  createHmac('sm3', key.mac).update(aad).update(body).digest().subarray(0, 16);
