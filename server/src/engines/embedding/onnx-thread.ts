/** The thread that a model computes in; asked and answered by messages, one after the other. */
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { OnnxModel } from './onnx-model.ts';

export interface ToModel {
  number: number;
  texts: readonly string[];
}
export type FromModel =
  | { tell: 'open'; dimensions: number }
  | { tell: 'broken'; error: string }
  | { tell: 'vectors'; number: number; vectors: Float32Array[] }
  | { tell: 'failed'; number: number; error: string };

const port = parentPort;
if (!port) throw new Error('a model computes in a thread');
const tell = (message: FromModel) => port.postMessage(message);

// Linux takes it for this thread alone, other systems for the whole process.
if (process.platform === 'linux') setPriority(10);

try {
  const model = await OnnxModel.open(workerData as string);
  const [probe] = await model.embed(['税']);
  let work: Promise<void> = Promise.resolve();
  port.on('message', ({ number, texts }: ToModel) => {
    work = work.then(async () => {
      try {
        tell({ tell: 'vectors', number, vectors: await model.embed(texts) });
      } catch (error) {
        tell({ tell: 'failed', number, error: (error as Error).message });
      }
    });
  });
  tell({ tell: 'open', dimensions: probe?.length ?? 0 });
} catch (error) {
  tell({ tell: 'broken', error: (error as Error).message });
}
