/**
 * What a text is found by: terms of the thesaurus, words, pairs of neighbouring characters, characters, pairs of sounds, and parts of codes. A
 * pair finds any part of a text, a word and a term what is meant, a sound what is misspelt, a character what is said in other words.
 */
import { fold, hanRuns, latinRuns } from './fold.ts';
import { readPinyin, soundsOf } from './sounds.ts';
import type { Thesaurus } from './thesaurus.ts';

/** Tokens begin with the letter of their kind. */
const KINDS = { term: 't', word: 'w', pair: 'b', character: 'c', sound: 's', code: 'n' } as const;
type Kind = keyof typeof KINDS;
/** How much a token of a kind says, beside how rare it is. */
const WEIGHTS: Record<Kind, number> = { term: 1.6, word: 0.9, pair: 1, character: 0.8, sound: 0.35, code: 0.5 };
const weightsByLetter = new Map(
  Object.entries(KINDS).map(([kind, letter]) => [letter as string, WEIGHTS[kind as Kind]]),
);
/** Of long texts: what sounds like a question somewhere in them says nothing, and takes a third of the memory. */
export const withoutSounds = (tokens: Tokens): Tokens =>
  new Map([...tokens].filter(([token]) => !token.startsWith(KINDS.sound)));
export const isTerm = (token: string): boolean => token.startsWith(KINDS.term);
export const weightOf = (token: string): number => weightsByLetter.get(token.charAt(0)) ?? 0;

/** Characters and words of asking itself. */
const COMMON = new Set(
  '的了吗呢啊吧我你他她它们这那就都也还是有在和与或一个么什怎样如何请问可以能不要想把被给到去得着过呀哪几多少为让说会',
);
const COMMON_WORDS = new Set(
  '怎么 怎么办 如何 请问 什么 可以 能不能 是不是 有没有 怎样 哪些 哪里 多少 一下 我们 你们 他们 自己 这个 那个 现在 还是 需要 一个 没有 知道 咋办 为什么 是否 时候 要不要 应该'.split(
    ' ',
  ),
);
/** A pair with one of them says less. */
const HALF_COMMON = 0.4;

const words = new Intl.Segmenter('zh', { granularity: 'word' });

/** How often each token occurs; a fraction where it says less than others of its kind. */
export type Tokens = Map<string, number>;

/** Letters with digits, such as a form's number: any three of them in a row. */
const CODE = /[a-z].*\d|\d.*[a-z]|\d{4}/;
const CODE_PART = 3;

/** Whether a pair of characters says nothing: both are of asking itself. */
export const isCommonPair = (pair: string): boolean => [...pair].every((character) => COMMON.has(character));
export const isCommonCharacter = (character: string): boolean => COMMON.has(character);
/** Words of a folded text that say something. */
export const wordsIn = (folded: string): string[] =>
  Array.from(words.segment(folded))
    .filter(({ segment, isWordLike }) => isWordLike && segment.length > 1 && !COMMON_WORDS.has(segment))
    .map(({ segment }) => segment);

/** `text` as it was written. `owners`: whose words of the thesaurus count beside everybody's; left out: all. */
export function tokensOf(text: string, thesaurus: Thesaurus, owners?: ReadonlySet<string>): Tokens {
  const tokens: Tokens = new Map();
  const add = (kind: Kind, value: string, count = 1) => {
    const token = KINDS[kind] + value;
    tokens.set(token, (tokens.get(token) ?? 0) + count);
  };
  const folded = fold(text);
  for (const term of thesaurus.termsIn(folded, owners)) add('term', term);
  for (const word of wordsIn(folded)) add('word', word);
  for (const run of hanRuns(folded)) {
    const characters = [...run];
    const sounds = soundsOf(characters);
    for (const [at, character] of characters.entries()) {
      if (!COMMON.has(character)) add('character', character);
      const next = characters[at + 1];
      if (next === undefined) continue;
      const common = Number(COMMON.has(character)) + Number(COMMON.has(next));
      if (common < 2) add('pair', character + next, common === 1 ? HALF_COMMON : 1);
      if (common === 0) add('sound', `${sounds[at]} ${sounds[at + 1]}`);
    }
  }
  for (const run of latinRuns(folded)) {
    if (CODE.test(run))
      for (let at = 0; at + CODE_PART <= run.length; at += 1) add('code', run.slice(at, at + CODE_PART));
    const sounds = readPinyin(run) ?? [];
    // As a sound it is all there is to go by.
    for (const [at, sound] of sounds.slice(1).entries()) add('sound', `${sounds[at]} ${sound}`, 2);
  }
  return tokens;
}
