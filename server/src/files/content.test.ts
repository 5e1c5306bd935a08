/** What uploads are taken for: by content, whatever they are called. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { excelFile } from '../platform/excel.ts';
import { mediaTypeOf } from './content.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'content-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const hex = (bytes: string) => Buffer.from(bytes.replaceAll(' ', ''), 'hex');
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const wide = (text: string) => Buffer.from(text, 'utf16le');
/** A compound file, as far as anybody looks: its mark, and names of streams in sectors after it. */
const compound = (...names: (string | Buffer)[]) =>
  Buffer.concat([
    hex('d0cf11e0a1b11ae1'),
    Buffer.alloc(70_000),
    ...names.map((name) => (typeof name === 'string' ? wide(name) : name)),
  ]);
const workbook = async () => Buffer.from(await (await excelFile('x.xlsx', 'x', [], [])).arrayBuffer());
/** An entry that is stored as it is (APPNOTE.TXT 4.3.7). */
const entry = (name: string, content: string) => {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt32LE(content.length, 18);
  header.writeUInt32LE(content.length, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, Buffer.from(name + content)]);
};
const officeFile = (type: string, ...more: Buffer[]) => {
  const part = `<Override PartName="/word/document.xml" ContentType="application/vnd.${type}.main+xml"/>`;
  return Buffer.concat([entry('[Content_Types].xml', `<Types>${part}</Types>`), ...more, Buffer.alloc(64)]);
};
const DOCX = 'openxmlformats-officedocument.wordprocessingml.document';

async function judged(name: string, content: Buffer | string): Promise<string> {
  const path = join(folder, 'upload');
  await writeFile(path, content);
  return mediaTypeOf(path, name);
}
const refused = (message: RegExp) => ({ code: 'BAD_FILE', message: expect.stringMatching(message) });

describe('a file is taken', () => {
  it.each([
    ['说明.pdf', Buffer.from('%PDF-1.7\n'), 'application/pdf'],
    ['照片.PNG', png, 'image/png'],
    ['说明.doc', compound('WordDocument'), 'application/msword'],
    ['表.xls', compound('Workbook'), 'application/vnd.ms-excel'],
    ['说明.docx', officeFile(DOCX), `application/vnd.${DOCX}`],
    ['说明.txt', '说明：BM', 'text/plain'],
    ['说明.txt', hex('cbb5c3f7'), 'text/plain'],
    ['说明.txt', Buffer.concat([hex('fffe'), wide('说明')]), 'text/plain'],
    ['表.csv', 'BMI,MZ\r\n1,2\r\n', 'text/csv'],
  ])('%s', async (name, content, type) => {
    expect(await judged(name, content)).toBe(type);
  });

  it('that Excel wrote', async () => {
    expect(await judged('表.xlsx', await workbook())).toMatch(/spreadsheetml.sheet$/);
  });

  it('as text in any piece: characters may lie across them', async () => {
    expect(await judged('说明.txt', `a${'说'.repeat(100_000)}`)).toBe('text/plain');
  });
});

describe('a file is refused', () => {
  it.each([
    ['照片.jpg', png, /不符/],
    ['照片.png', '<svg onload="x"/>', /不符/],
    ['说明.txt', png, /不符/],
    ['说明.pdf', '说明', /不符/],
    ['说明.doc', compound('Workbook'), /不符/],
    ['说明.docx', compound('EncryptedPackage'), /加密/],
    ['说明.docx', officeFile('ms-word.document.macroEnabled'), /含宏/],
    ['说明.docx', officeFile(DOCX, entry('word/vbaProject.bin', 'x')), /含宏/],
    ['说明.docm', officeFile(DOCX), /含宏/],
    ['说明.doc', compound('WordDocument', '_VBA_PROJECT'), /含宏/],
    ['说明.ppt', compound('PowerPoint Document', hex('0f00ff0314000000020000040c000000')), /含宏/],
    ['程序.exe', 'MZ', /可执行/],
    ['照片.jpg', Buffer.concat([hex('7f454c4602010100'), Buffer.alloc(64)]), /可执行/],
    ['照片.jpg.js', 'alert(1)', /可执行/],
    ['网页.html', '<p>', /不支持“.html”/],
    ['照片', png, /没有扩展名/],
  ])('%s', async (name, content, message) => {
    await expect(judged(name, content)).rejects.toMatchObject(refused(message));
  });
});
