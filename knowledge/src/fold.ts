/** Text as it is compared: full-width and half-width forms, cases and compatibility characters are one. */
export const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

const HAN = /\p{Script=Han}+/gu;
const LATIN = /[a-z0-9]+/g;

/** Runs of Chinese characters in a folded text. */
export const hanRuns = (folded: string): string[] => folded.match(HAN) ?? [];
/** Runs of letters and digits in a folded text. */
export const latinRuns = (folded: string): string[] => folded.match(LATIN) ?? [];
