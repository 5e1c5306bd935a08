/** A sentence embedding model in ONNX, computed in WebAssembly: tokens in, the mean of their vectors (or the first one) out. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as onnx from 'onnxruntime-web';
import { readJson, readTokenizer, type Tokenize } from './tokenizer.ts';

/** Texts computed at once; more of them take memory and no less time. */
const AT_ONCE = 8;
/** As Optimum and sentence-transformers lay models down. */
const PLACES = ['model.onnx', 'onnx/model.onnx'];

// Calls come first on a machine that has few cores.
onnx.env.wasm.numThreads = 1;
onnx.env.logLevel = 'error';

export class OnnxModel {
  readonly #session: onnx.InferenceSession;
  readonly #tokenize: Tokenize;
  /** The first token stands for the text, as models trained so want it; else the mean of all. */
  readonly #first: boolean;

  private constructor(session: onnx.InferenceSession, tokenize: Tokenize, first: boolean) {
    this.#session = session;
    this.#tokenize = tokenize;
    this.#first = first;
  }

  /** Throws what is missing or can't be read. */
  static async open(folder: string): Promise<OnnxModel> {
    const model = await readModel(folder);
    const tokenize = await readTokenizer(folder);
    const pooling = (await readJson(folder, '1_Pooling/config.json')) as { pooling_mode_cls_token?: boolean } | null;
    try {
      const session = await onnx.InferenceSession.create(model);
      return new OnnxModel(session, tokenize, pooling?.pooling_mode_cls_token === true);
    } catch (error) {
      throw new Error(`model.onnx can't be read: ${(error as Error).message}`);
    }
  }

  async embed(texts: readonly string[]): Promise<Float32Array[]> {
    const vectors: Float32Array[] = [];
    for (let at = 0; at < texts.length; at += AT_ONCE)
      vectors.push(...(await this.#run(texts.slice(at, at + AT_ONCE).map(this.#tokenize))));
    return vectors;
  }

  async #run(rows: readonly number[][]): Promise<Float32Array[]> {
    const width = Math.max(...rows.map(({ length }) => length));
    const shape = [rows.length, width];
    const [ids, mask] = [new BigInt64Array(rows.length * width), new BigInt64Array(rows.length * width)];
    for (const [row, tokens] of rows.entries()) {
      ids.set(tokens.map(BigInt), row * width);
      mask.fill(1n, row * width, row * width + tokens.length);
    }
    const known = { input_ids: ids, attention_mask: mask, token_type_ids: new BigInt64Array(ids.length) };
    const asked = Object.entries(known).filter(([name]) => this.#session.inputNames.includes(name));
    const output = await this.#session.run(
      Object.fromEntries(asked.map(([name, numbers]) => [name, new onnx.Tensor('int64', numbers, shape)])),
    );
    const states = output.last_hidden_state ?? Object.values(output)[0];
    if (!(states?.data instanceof Float32Array)) throw new Error('the model gives no 32-bit numbers');
    return this.#pooled(states.data, states.dims, rows);
  }

  /** One vector of length 1 for each text. */
  #pooled(numbers: Float32Array, dims: readonly number[], rows: readonly number[][]): Float32Array[] {
    const size = dims.at(-1) ?? 0;
    const width = dims.length === 3 ? (dims[1] as number) : 1;
    return rows.map((tokens, row) => {
      // A model that gives a vector for each text has pooled by itself.
      const taken = width === 1 || this.#first ? 1 : tokens.length;
      const vector = new Float32Array(size);
      for (let token = 0; token < taken; token += 1) {
        const begin = (row * width + token) * size;
        for (let at = 0; at < size; at += 1) vector[at] = (vector[at] as number) + (numbers[begin + at] as number);
      }
      const length = Math.hypot(...vector);
      return length > 0 ? vector.map((value) => value / length) : vector;
    });
  }
}

async function readModel(folder: string): Promise<Uint8Array> {
  for (const place of PLACES) {
    try {
      return await readFile(join(folder, place));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  throw new Error(`no model.onnx in ${folder}`);
}
