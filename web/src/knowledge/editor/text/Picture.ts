import { FILES_PATH } from '@rexian/contracts';
import { Node } from '@tiptap/core';

/** Attribute of an `img` that stands for a picture on its way to the server. */
export const UPLOAD_ATTRIBUTE = 'data-upload';

/** A picture, by the file that it is stored as; until it is, a place for it. What has no file yet is in no document. */
export const Picture = Node.create({
  name: 'image',
  group: 'block',
  draggable: true,
  addAttributes: () => ({
    fileId: { default: null },
    alt: { default: '' },
    /** Names the upload that brings the file; null: it is here. */
    upload: { default: null },
  }),
  parseHTML: () => [
    {
      tag: 'img',
      getAttrs: (image) => {
        const upload = image.getAttribute(UPLOAD_ATTRIBUTE);
        const fileId = fileIdOf(image.getAttribute('src') ?? '');
        const alt = (image.getAttribute('alt') ?? '').slice(0, 200);
        return upload || fileId ? { fileId, upload, alt } : false;
      },
    },
  ],
  renderHTML: ({ node: { attrs } }) =>
    attrs.fileId
      ? ['img', { src: `${FILES_PATH}/${attrs.fileId}`, alt: attrs.alt }]
      : ['div', { class: 'article-upload', [UPLOAD_ATTRIBUTE]: attrs.upload }, '图片上传中…'],
});

/** The file that an address of this platform leads to: pictures are copied from one article to another. */
function fileIdOf(address: string): string | null {
  if (!URL.canParse(address, location.href)) return null;
  const { origin, pathname } = new URL(address, location.href);
  const [, id] = new RegExp(`^${FILES_PATH}/([0-9a-f-]{36})$`).exec(pathname) ?? [];
  return origin === location.origin && id ? id : null;
}
