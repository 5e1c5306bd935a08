/** Stands in for sherpa-onnx-node, whose models are too large for tests: 100 ms of samples a character, and every way to fail. */
import { writeFileSync } from 'node:fs';

interface Said {
  samples: Float32Array;
  sampleRate: number;
  text: string;
}

export class OfflineTts {
  constructor(config: { broken?: boolean }) {
    if (config.broken) throw new Error('model file is missing');
  }

  generate({ text, sid, speed }: { text: string; sid: number; speed: number }): Said {
    if (text === '崩溃') process.kill(process.pid, 'SIGKILL');
    if (text === '出错') throw new Error('bad text');
    for (;;) if (text !== '卡住') break;
    return {
      samples: new Float32Array(text.length * 1600),
      sampleRate: 16_000,
      text: `${text} ${sid} ${speed} ${process.cwd()}`,
    };
  }
}

export function writeWave(file: string, { samples, sampleRate, text }: Said): void {
  writeFileSync(file, `${samples.length} ${sampleRate} ${text}`);
}
