/** Order matters: Edge and 360 call themselves Chrome as well, Chrome calls itself Safari. */
const browsers: [RegExp, string][] = [
  [/Edg(?:e|A|iOS)?\/(\d+)/, 'Edge'],
  [/(?:QQBrowser)\/(\d+)/, 'QQ 浏览器'],
  [/(?:360SE|360EE|QIHU)/, '360 浏览器'],
  [/MicroMessenger\/(\d+)/, '微信'],
  [/Firefox\/(\d+)/, 'Firefox'],
  [/Chrome\/(\d+)/, 'Chrome'],
  [/Version\/(\d+).*Safari\//, 'Safari'],
];
const systems: [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/, '鸿蒙'],
  [/Windows/, 'Windows'],
  [/iPhone|iPad/, 'iOS'],
  [/Mac OS X/, 'macOS'],
  [/Android/, 'Android'],
  [/UOS|Kylin|Linux/, 'Linux'],
];

/** `Chrome 130 · Windows`: enough to recognise one's own machine. */
export function browserName(userAgent: string): string {
  const browser = browsers.map(([pattern, name]) => named(pattern.exec(userAgent), name)).find((each) => each !== null);
  const system = systems.find(([pattern]) => pattern.test(userAgent))?.[1];
  return [browser, system].filter(Boolean).join(' · ') || '未知浏览器';
}

function named(match: RegExpExecArray | null, name: string): string | null {
  return match && [name, match[1]].filter(Boolean).join(' ');
}
