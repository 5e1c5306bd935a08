/**
 * Debian builds Asterisk with a patch (2016_opus_plc) that takes a sound whose RTP sequence numbers go back for late packets, and throws
 * them away before they are transcoded or recorded: for up to eleven minutes after every change of the speaker. ADR 0016 tells the
 * whole story. Here the one conditional jump around that check is made unconditional, which is what Asterisk does by itself.
 */

/** `corrected`: changed now; `unknown`: this program is not built as the ones we know, or has no such check. */
export type Correction = 'corrected' | 'unknown';

/** Length of the function's beginning that is searched, in bytes. */
const BEGINNING = 192;
/** Offset of the translator's last sequence number, and the largest number that RTP knows. */
const LAST_NUMBER = 0x88;
const LARGEST = 0xffff;

/** Corrects Asterisk's program (an ELF file for x86-64 or ARM64, as bytes) in place. */
export function keepRenumberedSound(program: Buffer): Correction {
  const start = functionOffset(program, 'ast_translate');
  if (start === null) return 'unknown';
  const code = program.subarray(start, start + BEGINNING);
  const machine = program.readUInt16LE(18);
  if (machine === 0x3e) return correctX64(code);
  return machine === 0xb7 ? correctArm64(code) : 'unknown';
}

/** mov LAST_NUMBER(%any),%any; cmp $LARGEST,%any; ja far → jmp far. Only the short form of the jump is known. */
function correctX64(code: Buffer): Correction {
  const found = /\x8b[\x80-\xbf]\x88\0\0\0(?:\x3d|\x41?\x81[\xf8-\xff])\xff\xff\0\0\x77/s.exec(code.toString('latin1'));
  if (!found) return 'unknown';
  code[found.index + found[0].length - 1] = 0xeb;
  return 'corrected';
}

/** mov wL,#LARGEST; …; ldr wN,[xP,#LAST_NUMBER]; …; cmp wN,wL; b.hi far → b.al far. */
function correctArm64(code: Buffer): Correction {
  const words = Array.from({ length: Math.floor(code.length / 4) }, (_, i) => code.readUInt32LE(4 * i));
  const limit = words.findLast((word) => (word & 0xffffffe0) >>> 0 === (0x52800000 | (LARGEST << 5)) >>> 0);
  const last = words.find((word) => (word & 0xfffffc00) >>> 0 === (0xb9400000 | ((LAST_NUMBER / 4) << 10)) >>> 0);
  if (limit === undefined || last === undefined) return 'unknown';
  const compare = (0x6b00001f | ((limit & 31) << 16) | ((last & 31) << 5)) >>> 0;
  const at = words.indexOf(compare) + 1;
  const jump = words[at] ?? 0;
  if (at === 0 || (jump & 0xff00001f) >>> 0 !== 0x54000008) return 'unknown';
  code.writeUInt32LE((jump | 0xe) >>> 0, 4 * at);
  return 'corrected';
}

/** Where a function that the program exports begins in its file; null when it has none of that name. */
function functionOffset(program: Buffer, name: string): number | null {
  if (program.length < 64 || program.readUInt32BE(0) !== 0x7f454c46 || program[4] !== 2) return null;
  const at = (offset: number) => Number(program.readBigUInt64LE(offset));
  const sections = Array.from({ length: program.readUInt16LE(60) }, (_, i) => {
    const header = at(40) + i * program.readUInt16LE(58);
    const type = program.readUInt32LE(header + 4);
    return {
      ...{ type, link: program.readUInt32LE(header + 40) },
      ...{ address: at(header + 16), offset: at(header + 24), size: at(header + 32) },
    };
  });
  const symbols = sections.find(({ type }) => type === 11);
  const names = symbols && sections[symbols.link];
  if (!symbols || !names) return null;
  for (let entry = symbols.offset; entry < symbols.offset + symbols.size; entry += 24) {
    const text = names.offset + program.readUInt32LE(entry);
    if (program.toString('latin1', text, text + name.length + 1) !== `${name}\0`) continue;
    const address = at(entry + 8);
    const home = sections.find(
      (each) => each.type === 1 && address >= each.address && address < each.address + each.size,
    );
    return home ? home.offset + address - home.address : null;
  }
  return null;
}
