/** Swagger UI speaks English only: its own words are put into Chinese as they appear, what the document says stays as it is. */
const words = new Map(
  Object.entries({
    Authorize: '使用密钥',
    'Available authorizations': '接口密钥',
    'Value:': '密钥：',
    Logout: '清除',
    Close: '关闭',
    'Try it out': '试一试',
    Cancel: '取消',
    Execute: '发送',
    Clear: '清空',
    Reset: '还原',
    Parameters: '参数',
    'No parameters': '无参数',
    'Request body': '请求内容',
    Responses: '返回',
    'Server response': '服务器返回',
    'Response body': '返回内容',
    'Response headers': '返回头',
    'Request URL': '请求地址',
    'Request duration': '用时',
    Name: '名称',
    Description: '说明',
    Code: '状态码',
    Details: '详情',
    Links: '链接',
    'No links': '无',
    'Media type': '内容类型',
    Controls: '对应请求头',
    'header.': '。',
    'Example Value': '示例',
    Schema: '结构',
    Download: '下载',
    'Download file': '下载文件',
    'Loading...': '正在加载…',
    'Failed to load API definition.': '接口说明加载失败，请刷新重试。',
  }),
);
/** What comes from the document or from the server. */
const QUOTED = 'pre, code, textarea, .renderedMarkdown, .opblock-summary-path, .parameter__name';

function translate(root) {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let text = texts.currentNode; text; text = texts.nextNode()) {
    const word = text.nodeType === Node.TEXT_NODE ? words.get(text.nodeValue.trim()) : undefined;
    if (word && !text.parentElement?.closest(QUOTED)) text.nodeValue = word;
  }
}

const page = document.querySelector('#docs');
new MutationObserver((changes) => {
  for (const { type, target, addedNodes } of changes)
    for (const node of type === 'childList' ? addedNodes : [target]) translate(node);
}).observe(page, { childList: true, characterData: true, subtree: true });

window.SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: -1,
  displayRequestDuration: true,
  // No judge outside, and no key kept in this browser.
  validatorUrl: null,
  persistAuthorization: false,
});
