/** What waiting callers hear beside Debian's music: made here, note by note, so that it is nobody's recording. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureFolder, writeAtomically } from '../system/files.ts';

/** G.711's own rate: nothing has to be converted while a call waits. */
const RATE = 8_000;
/** Peak of the whole: music must not be louder than speech. */
const PEAK = 0.25;

interface Note {
  /** In Hz. */
  pitch: number;
  /** In seconds. */
  at: number;
  /** Until it has faded to a third, in seconds. */
  decay: number;
}

interface Piece {
  seconds: number;
  notes: readonly Note[];
}

/** Classes of musiconhold.conf with their pieces. A piece that changes gets a new name: what lies there already is left alone. */
const classes: Record<string, Record<string, () => Piece>> = {
  melody: { 'jasmine-1': jasmine },
  chime: { 'chime-1': chime },
};

/** Makes the sound files that are missing below `folder`, one folder a class. About a fifth of a second, once. */
export function writeMusic(folder: string): void {
  for (const [name, pieces] of Object.entries(classes)) {
    const own = join(folder, name);
    ensureFolder(own);
    for (const file of readdirSync(own)) if (!(file.replace(/\.wav$/, '') in pieces)) rmSync(join(own, file));
    for (const [title, piece] of Object.entries(pieces)) {
      const file = join(own, `${title}.wav`);
      if (!existsSync(file)) writeAtomically(file, wav(samples(piece())));
    }
  }
}

/** Semitones above C of the scale's degrees; 0 is a rest. */
const DEGREES = [0, 0, 2, 4, 5, 7, 9] as const;
/** The C that degree 1 is. */
const C5 = 523.25;
const BEAT_SECONDS = 0.55;

/** 茉莉花, a folk song: `degree[octave]:beats`. */
const JASMINE =
  "3:1 3:.5 5:.5 6:.5 1':.5 1':.5 6:.5 5:1 5:.5 6:.5 5:2 3:1 3:.5 5:.5 6:.5 1':.5 1':.5 6:.5 5:1 5:.5 6:.5 5:2 " +
  '5:1 5:1 5:1 3:.5 5:.5 6:1 6:1 5:2 3:1 2:.5 3:.5 5:1 3:.5 2:.5 1:1 1:.5 2:.5 1:2 ' +
  "3:.5 2:.5 1:.5 3:.5 2:1.5 3:.5 5:1 6:.5 1':.5 5:2 2:1 3:.5 5:.5 2:.5 3:.5 1:.5 6,:.5 5,:2 6,:1 1:1 " +
  '2:1.5 3:.5 1:.5 2:.5 1:.5 6,:.5 5,:3 0:2';

function jasmine(): Piece {
  let beat = 0;
  const notes: Note[] = [];
  for (const word of JASMINE.split(' ')) {
    const [, degree = '0', mark = '', beats = '1'] = /^([0-6])([',]?):(.+)$/.exec(word) ?? [];
    const octave = mark === "'" ? 2 : mark === ',' ? 0.5 : 1;
    const pitch = C5 * 2 ** ((DEGREES[Number(degree)] ?? 0) / 12) * octave;
    if (degree !== '0') notes.push({ pitch, at: beat * BEAT_SECONDS, decay: 0.45 });
    beat += Number(beats);
  }
  return { seconds: beat * BEAT_SECONDS, notes };
}

/** Three soft tones, then quiet: for those who would rather hear little. */
function chime(): Piece {
  const notes = [659.25, 523.25, 587.33].map((pitch, i) => ({ pitch, at: 0.2 + i * 0.4, decay: 0.6 }));
  return { seconds: 8, notes };
}

/** A music box: two partials that fade, struck within four milliseconds so that nothing clicks. */
function samples({ seconds, notes }: Piece): Float64Array {
  const sound = new Float64Array(Math.round(seconds * RATE));
  for (const { pitch, at, decay } of notes) {
    const first = Math.round(at * RATE);
    const length = Math.min(sound.length - first, Math.round(decay * 5 * RATE));
    for (let i = 0; i < length; i += 1) {
      const time = i / RATE;
      const turn = 2 * Math.PI * pitch * time;
      const tone = Math.sin(turn) + 0.25 * Math.exp(-time * 6) * Math.sin(2 * turn);
      const strength = Math.min(1, time / 0.004) * Math.exp(-time / decay);
      sound[first + i] = (sound[first + i] ?? 0) + tone * strength;
    }
  }
  const peak = sound.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return sound.map((value) => (value / peak) * PEAK);
}

/** RIFF/WAVE with 16-bit linear PCM, one channel. */
function wav(sound: Float64Array): Buffer {
  const data = Buffer.alloc(sound.length * 2);
  for (const [i, value] of sound.entries()) data.writeInt16LE(Math.round(value * 32_767), i * 2);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(RATE * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}
