/** mammoth's messages as editors understand them. */
export function notesOf(messages: readonly string[]): string[] {
  const styles = new Set<string>();
  let elements = 0;
  let others = 0;
  for (const message of messages) {
    const [, style] = /^Unrecognised (?:paragraph|run|table) style: '(.+?)'/.exec(message) ?? [];
    if (style) styles.add(style);
    else if (/unrecognised element|image of type/i.test(message)) elements += 1;
    else others += 1;
  }
  return [
    ...(elements > 0 ? [`${elements} 处文本框、图形、公式或特殊图片未导入`] : []),
    ...(styles.size > 0 ? [`样式${[...styles].map((style) => `“${style}”`).join('、')}按普通文字导入`] : []),
    ...(others > 0 ? [`另有 ${others} 处内容可能与原文不同`] : []),
  ];
}
