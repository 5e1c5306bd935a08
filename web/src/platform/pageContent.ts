/** Id of the part below header and desk bar: what opens over a page stays inside, so that the phone is never covered. */
export const PAGE_CONTENT = 'page-content';
