/**
 * What an uploaded file is, judged by what is in it; its name must say the same. Archives are not unpacked: names of their entries stand
 * in clear, and file-type reads no more than the entry that says what an Office file is.
 */
import { createReadStream } from 'node:fs';
import { FILE_ENDINGS } from '@rexian/contracts';
import { fileTypeFromFile } from 'file-type';
import { refusal } from '../platform/errors.ts';

type Ending = (typeof FILE_ENDINGS)[number];

interface Kind {
  /** What the file is served as. */
  mediaType: string;
  /** What file-type may call it; without it the file must be text. */
  found?: readonly string[];
  /** Of a compound file ([MS-CFB]): the stream that only this kind has. */
  stream?: string;
}

const COMPOUND = 'application/x-cfb';
const compound = (mediaType: string, stream: string): Kind => ({ mediaType, found: [COMPOUND], stream });
const exactly = (mediaType: string): Kind => ({ mediaType, found: [mediaType] });
const office = (kind: string): Kind => exactly(`application/vnd.openxmlformats-officedocument.${kind}`);
const jpeg = exactly('image/jpeg');

const kinds: Record<Ending, Kind> = {
  pdf: exactly('application/pdf'),
  doc: compound('application/msword', 'WordDocument'),
  docx: office('wordprocessingml.document'),
  xls: compound('application/vnd.ms-excel', 'Workbook'),
  xlsx: office('spreadsheetml.sheet'),
  ppt: compound('application/vnd.ms-powerpoint', 'PowerPoint Document'),
  pptx: office('presentationml.presentation'),
  txt: { mediaType: 'text/plain' },
  csv: { mediaType: 'text/csv' },
  jpg: jpeg,
  jpeg,
  png: { mediaType: 'image/png', found: ['image/png', 'image/apng'] },
  gif: exactly('image/gif'),
  webp: exactly('image/webp'),
  zip: exactly('application/zip'),
  mp3: exactly('audio/mpeg'),
  wav: exactly('audio/wav'),
  // The container is the same; what is in it, recorders mark as they like.
  m4a: { mediaType: 'audio/mp4', found: ['audio/x-m4a', 'audio/mp4', 'video/mp4'] },
  mp4: { mediaType: 'video/mp4', found: ['video/mp4', 'audio/x-m4a', 'audio/mp4'] },
};

const MACRO_ENDINGS = /^(doc|dot|xls|xlt|ppt|pot|pps|xla|ppa)m$|^xlsb$/;
const PROGRAM_ENDINGS =
  /^(exe|com|scr|msi|msp|dll|sys|bat|cmd|ps1|vbs|vbe|js|jse|mjs|wsf|wsh|hta|jar|apk|sh|lnk|reg|cpl|scf|url|chm|appx|msix|deb|rpm|dmg|pkg|run)$/;
const PROGRAMS = ['application/x-msdownload', 'application/x-elf', 'application/x-mach-binary'];

const refuse = (message: string) => refusal('BAD_FILE', message);
const withMacros = () => refuse('不接收含宏的 Office 文件，请另存为不含宏的格式后上传');
const program = () => refuse('不接收可执行文件');

/** The ending that files of this name are judged by. Throws BAD_FILE. */
export function endingOf(name: string): Ending {
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  if (MACRO_ENDINGS.test(ending)) throw withMacros();
  if (PROGRAM_ENDINGS.test(ending)) throw program();
  const found = FILE_ENDINGS.find((each) => each === ending);
  if (!found) throw refuse(`不支持${ending ? `“.${ending}”` : '没有扩展名的'}文件，可上传：${FILE_ENDINGS.join('、')}`);
  return found;
}

/** The media type of a file of this name at `path`. Throws BAD_FILE where content and name don't agree. */
export async function mediaTypeOf(path: string, name: string): Promise<string> {
  const ending = endingOf(name);
  const { mediaType, found, stream } = kinds[ending];
  // Text may begin like anything (BM, ID3): that it is text says enough.
  if (!found && (await isText(path))) return mediaType;
  const is = (await fileTypeFromFile(path))?.mime;
  if (is !== undefined && PROGRAMS.includes(is)) throw program();
  if (is?.includes('macroenabled')) throw withMacros();
  if (is === undefined || !found?.includes(is)) throw differs(ending, is);
  if (stream !== undefined) {
    const [own, ...macros] = await findIn(path, [wide(stream), ...COMPOUND_MACROS]);
    if (!own) throw differs(ending, is);
    if (macros.includes(true)) throw withMacros();
  }
  if (mediaType.includes('openxml') && (await findIn(path, [OPEN_XML_MACROS])).includes(true)) throw withMacros();
  return mediaType;
}

function differs(ending: string, is: string | undefined) {
  if (/^(doc|xls|ppt)x$/.test(ending) && is === COMPOUND)
    return refuse('文件已加密或扩展名不正确，请取消密码或另存后上传');
  return refuse(`文件内容与扩展名“.${ending}”不符，请确认文件未损坏`);
}

/** Names in compound files are UTF-16. */
const wide = (text: string) => Buffer.from(text, 'utf16le');
const COMPOUND_MACROS = [
  // The storage of Word's and Excel's macros ([MS-OVBA] 2.2.1).
  wide('_VBA_PROJECT'),
  // PowerPoint's VbaInfoContainer ([MS-PPT] 2.4.10).
  Buffer.from('0f00ff0314000000020000040c000000', 'hex'),
];
const OPEN_XML_MACROS = Buffer.from('vbaProject.bin');

/** Which of the byte sequences occur in the file. */
async function findIn(path: string, wanted: readonly Buffer[]): Promise<boolean[]> {
  const found = wanted.map(() => false);
  const overlap = Math.max(...wanted.map(({ length }) => length)) - 1;
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    const seen = Buffer.concat([rest, chunk]);
    wanted.forEach((bytes, index) => {
      if (seen.includes(bytes)) found[index] = true;
    });
    rest = seen.subarray(Math.max(0, seen.length - overlap));
  }
  return found;
}

/** As Windows and WPS write it: UTF-8, GB 18030, or UTF-16 with its mark. */
async function isText(path: string): Promise<boolean> {
  for (const encoding of ['utf-8', 'gb18030', 'utf-16le']) if (await isTextIn(path, encoding)) return true;
  return false;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are in no text
const UNTYPED = /[\u0000-\u0008\u000b\u000e-\u001f]/;

async function isTextIn(path: string, encoding: string): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  let first = true;
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      const text = decoder.decode(chunk, { stream: true });
      if (UNTYPED.test(text) || (first && encoding === 'utf-16le' && !text.startsWith('\ufeff'))) return false;
      first = false;
    }
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
