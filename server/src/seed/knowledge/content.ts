/**
 * The knowledge a demo hotline begins with, as editors would write it: articles in Markdown (`articles/<library>/<category>/<slug>.md`),
 * question pairs (`questions/<library>/<category>.yaml`) and a thesaurus (`thesaurus/*.yaml`). README.md tells how to add to it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const text = z.string().trim().min(1);
const slug = z.string().regex(/^[a-z0-9-]+$/);
const day = z.iso.date().nullable();

const head = z.strictObject({
  title: text.max(34),
  /** One or two sentences that already answer. */
  summary: text.max(110),
  tags: z.array(text).min(1).max(6),
  /** Title and number of what it follows. */
  source: text,
  /** Valid from and to, both included; null: from the beginning, without an end. */
  from: day,
  to: day,
  /** Codes of the regions it is for; none: everywhere. */
  regions: z.array(text),
  related: z.array(slug),
});

/** Either an answer of up to 140 characters, to be read out, or what has to be asked first. */
export type Turn = { answer: string } | { ask: string; slot: string; choices: ({ choice: string } & Turn)[] };
const answer = { answer: text.max(140) };
const asked = {
  ask: text,
  /** What it is about; a later question of the same slot isn't asked again. */
  slot: text.max(20),
  get choices() {
    return z.array(choice).min(2);
  },
};
const choice: z.ZodType<{ choice: string } & Turn> = z.lazy(() =>
  z.union([z.strictObject({ choice: text, ...answer }), z.strictObject({ choice: text, ...asked })]),
);

const pairHead = { id: slug, question: text, article: slug, similar: z.array(text).min(2).max(24) };
const pair = z.union([z.strictObject({ ...pairHead, ...answer }), z.strictObject({ ...pairHead, ...asked })]);
const term = z.strictObject({ term: text, synonyms: z.array(text.min(2)).min(1) });

interface Filed {
  library: string;
  category: string;
}
export type DemoArticle = z.infer<typeof head> & Filed & { slug: string; markdown: string };
export type DemoPair = z.infer<typeof pair> & Filed;
export type DemoTerm = z.infer<typeof term>;
export interface DemoKnowledge {
  articles: DemoArticle[];
  pairs: DemoPair[];
  terms: DemoTerm[];
}

/** Reads everything; throws an Error that names the file and what is wrong in it. */
export function demoKnowledge(): DemoKnowledge {
  return {
    articles: filesOf('articles').map((file) => read(file, article)),
    pairs: filesOf('questions').flatMap((file) =>
      read(file, () => pairsIn(file).map((each) => ({ ...each, ...filed(dirname(file), basename(file, '.yaml')) }))),
    ),
    terms: filesOf('thesaurus').flatMap((file) => read(file, () => z.array(term).parse(yaml(file)))),
  };
}

const filesOf = (folder: string): string[] =>
  readdirSync(join(import.meta.dirname, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();

function read<T>(file: string, reader: (file: string) => T): T {
  try {
    return reader(file);
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new Error(`${file}: ${why}`, { cause: error });
  }
}

const yaml = (file: string): unknown => parse(readFileSync(file, 'utf8'));
const pairsIn = (file: string) => z.array(pair).parse(yaml(file));
const filed = (folder: string, category: string): Filed => ({ library: basename(folder), category });

function article(file: string): DemoArticle {
  const [, front, markdown] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(readFileSync(file, 'utf8')) ?? [];
  if (front === undefined || markdown === undefined) throw new Error('no front matter');
  const folder = dirname(file);
  const place = filed(dirname(folder), basename(folder));
  return { ...head.parse(parse(front)), ...place, slug: basename(file, '.md'), markdown: markdown.trim() };
}
