/** The process that sherpa-onnx speaks in: `<module> <config> <speaker> <speed>`; asked and answered by messages, one text after the other. */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

export interface SherpaQuestion {
  id: number;
  text: string;
  /** The WAV file to write. */
  target: string;
}

export interface SherpaAnswer {
  id: number;
  /** null: it is written. */
  error: string | null;
}

interface Audio {
  samples: Float32Array;
  sampleRate: number;
}

/** The part of the package that is used. */
interface Sherpa {
  OfflineTts: new (config: object) => { generate(what: { text: string; sid: number; speed: number }): Audio };
  writeWave(file: string, audio: Audio): void;
}

const [module = '', config = '', speaker, speed] = process.argv.slice(2);
const loading = (async () => {
  const loaded = (await import(pathToFileURL(module).href)) as { default?: Sherpa } & Sherpa;
  const sherpa = loaded.default ?? loaded;
  return { sherpa, tts: new sherpa.OfflineTts(JSON.parse(readFileSync(config, 'utf8')) as object) };
})();
// Told with every question instead.
loading.catch(() => undefined);

async function answer({ text, target }: SherpaQuestion): Promise<string | null> {
  try {
    const { sherpa, tts } = await loading;
    sherpa.writeWave(target, tts.generate({ text, sid: Number(speaker), speed: Number(speed) }));
    return null;
  } catch (error) {
    return String(error);
  }
}

process.on('message', async (question: SherpaQuestion) => {
  process.send?.({ id: question.id, error: await answer(question) } satisfies SherpaAnswer);
});
// Nobody is left to speak for.
process.once('disconnect', () => process.exit());
