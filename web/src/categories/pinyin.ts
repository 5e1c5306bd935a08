import { match } from 'pinyin-pro';
import type { PinyinMatch } from './choices.ts';

/** The library carries a dictionary: load this file when somebody is about to search. */
export const matchesPinyin: PinyinMatch = (text, typed) =>
  match(text, typed, { continuous: true, lastPrecision: 'start' }) !== null;
