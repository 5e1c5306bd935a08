/** What is pasted or imported, brought to what an article is made of. What the schema doesn't know it leaves out by itself. */
import { newUuid } from '../../../platform/newUuid.ts';
import { UPLOAD_ATTRIBUTE } from '../text/Picture.ts';
import { type Coming, pictureOf } from '../text/pictures.ts';
import { makeLists } from './lists.ts';

export interface Tidied {
  html: string;
  /** Pictures that were in the HTML itself; places in it wait for them. */
  pictures: Promise<Coming>[];
  /** Pictures that can't be had: files of the machine that it was copied on, other sites' pictures. */
  lost: number;
}

export function tidied(html: string): Tidied {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  for (const each of body.querySelectorAll('xml, style, script, meta, link, o\\:p:empty')) each.remove();
  makeLists(body);
  joinLines(body);
  freePictures(body);
  dropEmpty(body);
  lowerHeadings(body);
  const pictures: Promise<Coming>[] = [];
  let lost = 0;
  for (const image of body.querySelectorAll('img')) {
    const source = image.getAttribute('src') ?? '';
    if (source.startsWith('data:')) {
      const key = newUuid();
      image.setAttribute(UPLOAD_ATTRIBUTE, key);
      image.removeAttribute('src');
      pictures.push(pictureOf(source).then((file) => ({ key, file: file ?? new File([], '图片') })));
    } else if (!isOwn(image)) {
      lost += 1;
      image.remove();
    }
  }
  return { html: body.innerHTML, pictures, lost };
}

const isOwn = ({ src }: HTMLImageElement): boolean =>
  URL.canParse(src) && new URL(src).origin === location.origin && !src.startsWith('file:');

/** Word keeps distance with empty paragraphs, and moves first lines in with blanks. */
function dropEmpty(body: HTMLElement): void {
  for (const paragraph of body.querySelectorAll('p')) {
    const isEmpty = (paragraph.textContent ?? '').trim() === '' && !paragraph.querySelector('img, br');
    if (isEmpty && paragraph.parentElement?.children.length !== 1) paragraph.remove();
    else trimStart(paragraph);
  }
}

const HAN = '[\\u3000-\\u9fff\\uff00-\\uffef]';
const WRAPPED = new RegExp(`(?<=${HAN})[ \\t]*[\\r\\n]+[ \\t]*(?=${HAN})`, 'g');

/** Word wraps the lines of its HTML, in the middle of Chinese sentences, too. */
function joinLines(body: HTMLElement): void {
  const texts = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode())
    text.nodeValue = (text.nodeValue ?? '').replace(WRAPPED, '');
}

/** Pictures stand by themselves; a paragraph that held nothing else goes. */
function freePictures(body: HTMLElement): void {
  for (const image of body.querySelectorAll('p > img:only-child'))
    if ((image.parentElement?.textContent ?? '').trim() === '') image.parentElement?.replaceWith(image);
}

function trimStart(paragraph: HTMLElement): void {
  const texts = paragraph.ownerDocument.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    text.nodeValue = (text.nodeValue ?? '').replace(/^[\s\u00a0\u3000]+/, '');
    if (text.nodeValue !== '') return;
  }
}

/** The title is no part of the body: headings begin at the second rank. */
function lowerHeadings(body: HTMLElement): void {
  const by = body.querySelector('h1') ? 1 : 0;
  for (const heading of body.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    const level = Math.min(4, Math.max(2, Number(heading.tagName[1]) + by));
    const lowered = heading.ownerDocument.createElement(`h${level}`);
    lowered.append(...heading.childNodes);
    heading.replaceWith(lowered);
  }
}
