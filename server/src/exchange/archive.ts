/**
 * An .xlsx is a ZIP archive of XML. Before a reader unpacks one from a stranger, it is seen to be what it says, and small: what its
 * directory announces, what it really unpacks to, and how far its cells reach, for a few bytes can stand for gigabytes in each of these
 * ways. (APPNOTE.TXT 6.3: end of central directory 4.3.16, file header 4.3.12, local header 4.3.7.)
 */
import { inflateRawSync } from 'node:zlib';
import { refusal } from '../platform/errors.ts';

const MOST_ENTRIES = 100;
/** Unpacked, all entries together. 5,000 rows of people come to three million bytes. */
const MOST_BYTES = 10_000_000;
/** Cells beyond these would have everything before them filled up. */
const LAST_ROW = 20_000;
const LAST_COLUMN = /^[A-Z]$|^A[A-Z]$/;

const END = 0x06054b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 65_535;
const HEADER = 0x02014b50;
const HEADER_BYTES = 46;
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
/** Encrypted, or sizes that come after the data of an encrypted directory. */
const ENCRYPTED = 0x2041;

interface Entry {
  name: string;
  method: number;
  packed: number;
  unpacked: number;
  offset: number;
}

/** Throws BAD_FILE for whatever isn't a small, honest workbook. */
export function checkWorkbook(bytes: Buffer): void {
  refuseOthers(bytes);
  const entries = entriesOf(bytes);
  const announced = entries.reduce((sum, { unpacked }) => sum + unpacked, 0);
  if (entries.length > MOST_ENTRIES || announced > MOST_BYTES) throw tooLarge();
  for (const entry of entries) {
    const content = unpack(bytes, entry);
    if (/\.(xml|rels)$/i.test(entry.name)) checkXml(content.toString('latin1'));
  }
}

const broken = () => refusal('BAD_FILE', '文件已损坏或不是 Excel 文件，请使用模板，另存为 .xlsx 后重试');
const tooLarge = () => refusal('BAD_FILE', '文件内容过大，请删除多余的工作表、图片和空白行列，或分成几个文件导入');

function refuseOthers(bytes: Buffer): void {
  if (bytes.subarray(0, 4).toString('hex') === 'd0cf11e0')
    throw refusal('BAD_FILE', '这是旧版 .xls 或加了密码的文件，请另存为不加密的 .xlsx 后重试');
  if (bytes.length < END_BYTES || bytes.readUInt32LE(0) !== LOCAL) throw broken();
}

function entriesOf(bytes: Buffer): Entry[] {
  const end = endOfDirectory(bytes);
  const [count, all] = [bytes.readUInt16LE(end + 8), bytes.readUInt16LE(end + 10)];
  if (count !== all || count === 0xffff) throw broken();
  if (count > MOST_ENTRIES) throw tooLarge();
  const entries: Entry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (at + HEADER_BYTES > bytes.length || bytes.readUInt32LE(at) !== HEADER) throw broken();
    const nameEnd = at + HEADER_BYTES + bytes.readUInt16LE(at + 28);
    if ((bytes.readUInt16LE(at + 8) & ENCRYPTED) !== 0) throw broken();
    entries.push({
      name: bytes.toString('utf8', at + HEADER_BYTES, nameEnd),
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      unpacked: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    });
    at = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

/** The last one, as readers look for it. */
function endOfDirectory(bytes: Buffer): number {
  const first = Math.max(0, bytes.length - END_BYTES - LONGEST_COMMENT);
  for (let at = bytes.length - END_BYTES; at >= first; at -= 1) if (bytes.readUInt32LE(at) === END) return at;
  throw broken();
}

/** What an entry holds, which must be as much as it announced. */
function unpack(bytes: Buffer, { method, packed, unpacked, offset }: Entry): Buffer {
  if (offset + LOCAL_BYTES > bytes.length || bytes.readUInt32LE(offset) !== LOCAL) throw broken();
  const start = offset + LOCAL_BYTES + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  const data = bytes.subarray(start, start + packed);
  if (data.length !== packed) throw broken();
  const content = method === 0 ? data : method === 8 ? inflate(data, unpacked) : null;
  if (content?.length !== unpacked) throw broken();
  return content;
}

function inflate(data: Buffer, size: number): Buffer | null {
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(1, size) });
  } catch {
    return null;
  }
}

function checkXml(xml: string): void {
  // Entities of its own making are how a small text becomes a large one.
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) throw broken();
  for (const [, double, single] of xml.matchAll(/\sr\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
    checkAddress(double ?? single ?? '');
}

/** Of a row (`12`) or a cell (`B12`). */
function checkAddress(address: string): void {
  const [, column, row] = /^([A-Z]{0,3})([0-9]{1,7})$/.exec(address) ?? [];
  if (column === undefined || row === undefined) throw broken();
  if (Number(row) > LAST_ROW || (column !== '' && !LAST_COLUMN.test(column))) throw tooLarge();
}
