/** Word, as it arrives in a page: what it puts on the clipboard, and a file of it. */
import { strToU8, zipSync } from 'fflate';
import type { Locator } from 'playwright-core';

const ignored = (mark: string) =>
  `<![if !supportLists]><span lang=EN-US style='mso-bidi-font-family:等线'><span style='mso-list:Ignore'>${mark}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>`;
const item = (level: number, list: string, mark: string, text: string) =>
  `<p class=MsoListParagraph style='margin-left:${level * 22}.0pt;text-indent:-22.0pt;mso-char-indent-count:0;mso-list:${list} level${level} lfo1'>${ignored(mark)}<span style='mso-ascii-font-family:等线'>${text}</span><span lang=EN-US><o:p></o:p></span></p>`;

/** As Word 365 copies a heading, a list in two ranks, bullets and a table; lines are wrapped in the middle of sentences. */
export const WORD_HTML = `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=ProgId content=Word.Document>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm; font-size:10.5pt;} @list l0 {mso-list-id:1;} --></style></head>
<body lang=ZH-CN style='tab-interval:21.0pt;text-justify-trim:punctuation'><!--StartFragment-->
<h1 style='mso-pagination:lines-together'>办理<span lang=EN-US>2026</span>年度汇算<span lang=EN-US><o:p></o:p></span></h1>
<p class=MsoNormal style='text-indent:21.0pt'>　　居民个人应当在次年三月一日至
六月三十日内办理。<span lang=EN-US><o:p></o:p></span></p>
<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>
${item(1, 'l0', '1.', '登录个人所得税<b>手机客户端</b>')}
${item(1, 'l0', '2.', '核对收入')}
${item(2, 'l0', 'a)', '工资薪金')}
${item(2, 'l0', 'b)', '劳务报酬')}
${item(1, 'l0', '3.', '提交申报')}
<p class=MsoNormal>注意：</p>
${item(1, 'l1', '·', '退税须填写本人银行卡')}
<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0 style='border-collapse:collapse;border:none'>
<tr style='mso-yfti-irow:0'><td width=277 colspan=2 valign=top style='width:207.4pt;border:solid windowtext 1.0pt'>
<p class=MsoNormal>综合所得<span lang=EN-US><o:p></o:p></span></p></td></tr>
<tr><td width=138><p class=MsoNormal>工资</p></td><td width=138><p class=MsoNormal>稿酬</p></td></tr></table>
<p class=MsoNormal><img width=10 height=10 src="file:///C:/Users/me/AppData/Local/Temp/msohtmlclip1/01/clip_image001.png"></p>
<!--EndFragment--></body></html>`;

/** What a page has, and Node doesn't. */
interface PageGlobals {
  DataTransfer: new () => { setData(type: string, data: string): void };
  ClipboardEvent: new (type: 'paste', init: object) => Event;
}

/** Pastes HTML as a browser hands it on from the clipboard. */
export const pasteHtml = (text: Locator, html: string): Promise<void> =>
  text.evaluate((element, given) => {
    const { DataTransfer, ClipboardEvent } = globalThis as unknown as PageGlobals;
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/html', given);
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, html);

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const OFFICE = 'http://schemas.openxmlformats.org';
const paragraph = (text: string, style = '') =>
  `<w:p>${style && `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}<w:r><w:t>${text}</w:t></w:r></w:p>`;
const cell = (text: string) => `<w:tc>${paragraph(text)}</w:tc>`;

/** The least that is a Word file: a heading, a paragraph of a style of its own, a table and a picture (ECMA-376). */
export function wordFile(png: Uint8Array): Buffer {
  const drawing = `<w:p><w:r><w:drawing><wp:inline xmlns:wp="${OFFICE}/drawingml/2006/wordprocessingDrawing"><a:graphic
    xmlns:a="${OFFICE}/drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic="${OFFICE}/drawingml/2006/picture"><pic:blipFill><a:blip
    xmlns:r="${OFFICE}/officeDocument/2006/relationships" r:embed="picture"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`;
  const body = [
    paragraph('适用范围', '1'),
    paragraph('公告自发布之日起施行。', 'a1'),
    `<w:tbl><w:tr>${cell('税种')}${cell('税率')}</w:tr><w:tr>${cell('增值税')}${cell('13%')}</w:tr></w:tbl>`,
    drawing,
  ].join('');
  const style = (id: string, name: string) =>
    `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/></w:style>`;
  const relationship = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${OFFICE}/officeDocument/2006/relationships/${type}" Target="${target}"/>`;
  const relationships = (...inner: string[]) =>
    `<Relationships xmlns="${OFFICE}/package/2006/relationships">${inner.join('')}</Relationships>`;
  const main = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
  const files = {
    '[Content_Types].xml': `<Types xmlns="${OFFICE}/package/2006/content-types"><Default Extension="rels"
      ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png" ContentType="image/png"/><Override
      PartName="/word/document.xml" ContentType="${main}.document.main+xml"/><Override PartName="/word/styles.xml"
      ContentType="${main}.styles+xml"/></Types>`,
    '_rels/.rels': relationships(relationship('document', 'officeDocument', 'word/document.xml')),
    'word/_rels/document.xml.rels': relationships(
      relationship('styles', 'styles', 'styles.xml'),
      relationship('picture', 'image', 'media/picture.png'),
    ),
    'word/styles.xml': `<w:styles ${W}>${style('1', 'heading 1')}${style('a1', '正文缩进')}</w:styles>`,
    'word/document.xml': `<w:document ${W}><w:body>${body}</w:body></w:document>`,
  };
  const texts = Object.entries(files).map(([name, text]) => [name, strToU8(text)] as const);
  return Buffer.from(zipSync({ ...Object.fromEntries(texts), 'word/media/picture.png': png }));
}
