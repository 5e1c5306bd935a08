import { Tones } from '@rexian/softphone';

/** Sounds of the page itself: warnings, messages, trying the speaker. The phone rings with its own. */
export const pageTones = new Tones();
