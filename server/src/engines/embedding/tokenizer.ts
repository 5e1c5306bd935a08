/** The tokenizer that belongs to a model: its `tokenizer.json`, or BERT's WordPiece over its `vocab.txt`. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';

/** A text's tokens as the model numbers them, with those that begin and end it. */
export type Tokenize = (text: string) => number[];

/** BERT reads 512; what a text is about stands in its first sentences, and the time taken grows with each token. */
const MOST_TOKENS = 128;

/** Throws what is missing or can't be read. */
export async function readTokenizer(folder: string): Promise<Tokenize> {
  const tokenizer = new Tokenizer(await definition(folder), (await readJson(folder, 'tokenizer_config.json')) ?? {});
  return (text) => {
    const { ids } = tokenizer.encode(text);
    return ids.length <= MOST_TOKENS ? ids : [...ids.slice(0, MOST_TOKENS - 1), ids.at(-1) as number];
  };
}

async function definition(folder: string): Promise<object> {
  const given = await readJson(folder, 'tokenizer.json');
  if (given) return given;
  const words = await readIfThere(join(folder, 'vocab.txt'));
  if (words === null) throw new Error(`neither tokenizer.json nor vocab.txt in ${folder}`);
  return wordPiece(words.trimEnd().split(/\r?\n/));
}

/** As `tokenizer.json` says it for BERT (bert-base-chinese and what was trained from it). */
function wordPiece(words: readonly string[]): object {
  const vocab = Object.fromEntries(words.map((word, number) => [word, number]));
  const special = (name: string) => {
    const number = vocab[name];
    if (number === undefined) throw new Error(`vocab.txt has no ${name}`);
    return number;
  };
  const marks = ['[PAD]', '[UNK]', '[CLS]', '[SEP]'].map((content) => ({ content, id: special(content) }));
  const ends = { '[CLS]': special('[CLS]'), '[SEP]': special('[SEP]') };
  const plain = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
  return {
    added_tokens: marks.map((mark) => ({ ...mark, ...plain })),
    normalizer: {
      ...{ type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true },
      ...{ strip_accents: null, lowercase: true },
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [
        { SpecialToken: { id: '[CLS]', type_id: 0 } },
        { Sequence: { id: 'A', type_id: 0 } },
        { SpecialToken: { id: '[SEP]', type_id: 0 } },
      ],
      pair: [],
      special_tokens: Object.fromEntries(
        Object.entries(ends).map(([token, id]) => [token, { id: token, ids: [id], tokens: [token] }]),
      ),
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      ...{ type: 'WordPiece', unk_token: '[UNK]', continuing_subword_prefix: '##' },
      ...{ max_input_chars_per_word: 100, vocab },
    },
  };
}

/** null: there is none. */
export async function readJson(folder: string, name: string): Promise<object | null> {
  const text = await readIfThere(join(folder, name));
  if (text === null) return null;
  try {
    return JSON.parse(text) as object;
  } catch (error) {
    throw new Error(`${name} can't be read: ${(error as Error).message}`);
  }
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
