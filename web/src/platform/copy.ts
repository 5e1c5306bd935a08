import { App } from 'antd';
import { useCallback } from 'react';

/** Copies text and says so; browsers refuse it outside of HTTPS, then the person has to select it. */
export function useCopy(): (text: string, done: string) => Promise<void> {
  const { message } = App.useApp();
  return useCallback(
    async (text, done) => {
      try {
        await navigator.clipboard.writeText(text);
        void message.success(done);
      } catch {
        void message.warning('浏览器不允许复制，请手动选择');
      }
    },
    [message],
  );
}
