/** Files that aren't what they say are refused before anything is unpacked in earnest. */
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excelFile } from '../platform/excel.ts';
import { checkWorkbook } from './archive.ts';
import { Faults, readRows } from './sheet.ts';

interface Part {
  name: string;
  content: Buffer;
  /** What the directory says instead of the truth. */
  says?: number;
}

/** A ZIP archive (APPNOTE.TXT), as truthful as its parts. */
function zip(parts: Part[], count = parts.length): Buffer {
  const locals: Buffer[] = [];
  const headers: Buffer[] = [];
  let offset = 0;
  for (const { name, content, says } of parts) {
    const packed = deflateRawSync(content);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt16LE(name.length, 26);
    const header = Buffer.alloc(46);
    header.writeUInt32LE(0x02014b50, 0);
    header.writeUInt16LE(8, 10);
    header.writeUInt32LE(packed.length, 20);
    header.writeUInt32LE(says ?? content.length, 24);
    header.writeUInt16LE(name.length, 28);
    header.writeUInt32LE(offset, 42);
    locals.push(local, Buffer.from(name), packed);
    headers.push(header, Buffer.from(name));
    offset += 30 + name.length + packed.length;
  }
  const directory = Buffer.concat(headers);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

const xml = (content: string): Part => ({ name: 'xl/worksheets/sheet1.xml', content: Buffer.from(content) });
const refusedAs = (message: RegExp) =>
  expect.objectContaining({ code: 'BAD_FILE', message: expect.stringMatching(message) });
/** Refused, and within the time that looking at a directory takes. */
function refusedQuickly(bytes: Buffer, message: RegExp): void {
  const [cpu, memory] = [process.cpuUsage(), process.memoryUsage().arrayBuffers];
  let error: unknown;
  try {
    checkWorkbook(bytes);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toEqual(refusedAs(message));
  expect(process.cpuUsage(cpu).user / 1000).toBeLessThan(400);
  expect(process.memoryUsage().arrayBuffers - memory).toBeLessThan(30_000_000);
}

const columns = [
  { title: '甲', width: 5, example: '' },
  { title: '乙', width: 5, example: '' },
];
const workbook = (rows: string[][]) =>
  excelFile(
    'x.xlsx',
    'x',
    columns.map(({ title }, at) => ({ title, width: 5, value: (row: string[]) => row[at] ?? '' })),
    rows,
  );

describe('an archive', () => {
  it('that is a workbook passes', async () => {
    const file = await workbook([['1', '2']]);
    expect(() => checkWorkbook(Buffer.from(new Uint8Array([])))).toThrow();
    checkWorkbook(Buffer.from(await file.arrayBuffer()));
  });

  it('that says it unpacks to gigabytes is refused by its directory', () => {
    refusedQuickly(zip([{ ...xml('<a/>'), says: 4_000_000_000 }]), /过大/);
    refusedQuickly(
      zip(Array.from({ length: 101 }, (_, i) => ({ name: `x${i}.xml`, content: Buffer.from('x') }))),
      /过大/,
    );
    refusedQuickly(zip([xml('<a/>')], 60_000), /过大/);
  });

  it('that unpacks to more than it says is refused at that point', () => {
    refusedQuickly(zip([{ ...xml(' '.repeat(200_000_000)), says: 1_000 }]), /损坏/);
  }, 30_000);

  it('whose parts unpack to much together is refused', () => {
    const part = { content: Buffer.alloc(600_000) };
    refusedQuickly(zip(Array.from({ length: 20 }, (_, i) => ({ ...part, name: `media/${i}.bin` }))), /过大/);
  });

  it('with entities of its own is refused', () => {
    refusedQuickly(zip([xml('<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>')]), /损坏/);
  });

  it.each([
    '<row r="1048576"><c r="A1048576"/></row>',
    "<row r='1048576'/>",
    '<c r = "XFD1"/>',
    '<c\nr="BA1"/>',
    '<row r="99999999"/>',
    '<row r="&#49;0000000"/>',
    '<row r="1e9"/>',
  ])('whose cells reach far is refused: %s', (content) => {
    expect(() => checkWorkbook(zip([xml(`<sheetData>${content}</sheetData>`)]))).toThrow(refusedAs(/过大|损坏/));
  });

  it('of an older or a locked workbook is told apart', () => {
    const old = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(100)]);
    expect(() => checkWorkbook(old)).toThrow(refusedAs(/\.xls/));
  });

  it('that is broken anywhere is refused or read, never anything else', async () => {
    const whole = Buffer.from(await (await workbook([['1', '2']])).arrayBuffer());
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        fc.nat(whole.length),
        fc.boolean(),
        async (flips, cut, shorten) => {
          const bytes = Buffer.from(whole);
          for (const [at, value] of flips) bytes[at] = value;
          const file = new Blob([new Uint8Array(shorten ? bytes.subarray(0, cut) : bytes)]);
          const outcome = await readRows(file, columns, new Faults()).catch((error: { code?: string }) => error.code);
          if (!Array.isArray(outcome)) expect(outcome).toBe('BAD_FILE');
        },
      ),
      { numRuns: 400 },
    );
  }, 60_000);

  it('of anything at all is refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(() => checkWorkbook(Buffer.from(bytes))).toThrow(refusedAs(/./));
        expect(() => checkWorkbook(Buffer.concat([Buffer.from('504b0304', 'hex'), bytes]))).toThrow(refusedAs(/./));
      }),
    );
  });
});

describe('rows', () => {
  it('are text as it was typed, told by the row that Excel counts', async () => {
    const faults = new Faults();
    const rows = await readRows(
      await workbook([
        ['007', ' a '],
        ['', ''],
        ['示例：x', 'y'],
        ['b', ''],
      ]),
      columns,
      faults,
    );
    expect(rows.map((row) => [row.number, row.text('甲'), row.text('乙')])).toEqual([
      [2, '007', 'a'],
      [5, 'b', ''],
    ]);
    expect(faults.list).toEqual([]);
  });
});
