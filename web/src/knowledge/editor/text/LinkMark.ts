import { mergeAttributes } from '@tiptap/core';
import { Link } from '@tiptap/extension-link';
import { articleIdOf, articlePath } from '../../paths.ts';

const isWeb = (address: string): boolean => /^https?:\/\//i.test(address);

/** A link to an address of the web, or to an article. */
export const LinkMark = Link.extend({
  // What is typed behind a link is no part of it.
  inclusive: false,
  addAttributes: () => ({ href: { default: null }, articleId: { default: null } }),
  parseHTML: () => [
    {
      tag: 'a[href]',
      getAttrs: (element) => {
        // As the browser understands it: pages copied from this console name articles relative to it.
        const { href } = element as HTMLAnchorElement;
        const articleId = articleIdOf(href);
        if (articleId) return { articleId, href: null };
        return isWeb(href) ? { href, articleId: null } : false;
      },
    },
  ],
  renderHTML: ({ HTMLAttributes: { href, articleId, ...others } }) => [
    'a',
    mergeAttributes(others, articleId ? { href: articlePath(articleId) } : { href, rel: 'noreferrer' }),
    0,
  ],
}).configure({
  openOnClick: false,
  defaultProtocol: 'https',
  // What is typed without a protocol is given one; mail and the like are no links of a document.
  isAllowedUri: (address) => !/^[a-z][a-z0-9+.-]*:/i.test(address) || isWeb(address),
});
