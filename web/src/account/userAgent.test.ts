import { expect, it } from 'vitest';
import { browserName } from './userAgent.ts';

const chrome = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0';
it.each([
  [`${chrome} Safari/537.36`, 'Chrome 130 · Windows'],
  [`${chrome} Safari/537.36 Edg/131.0.0.0`, 'Edge 131 · Windows'],
  [`${chrome} Safari/537.36 360SE`, '360 浏览器 · Windows'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', 'Firefox 128 · Linux'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/605.1 Version/17.4 Safari/605.1', 'Safari 17 · macOS'],
  ['curl/8.5.0', '未知浏览器'],
  ['', '未知浏览器'],
])('%s', (userAgent, name) => expect(browserName(userAgent)).toBe(name));
