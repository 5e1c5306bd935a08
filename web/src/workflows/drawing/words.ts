/** What bpmn-js says by itself, in Chinese. */
const words: Readonly<Record<string, string>> = {
  'Search in diagram': '在流程图中查找',
  'no diagram to display': '文件中没有图形信息',
  'no process or collaboration to display': '文件中没有流程',
};

const translate = (text: string, values: Record<string, string> = {}): string =>
  (words[text] ?? text).replace(/\{([^}]+)\}/g, (whole, name: string) => values[name] ?? whole);

export const wordsModule = { translate: ['value', translate] };
