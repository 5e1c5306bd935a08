import { useMutation } from '@tanstack/react-query';
import { App } from 'antd';
import { errorText } from '../platform/errors.ts';
import { saveFile } from '../platform/saveFile.ts';

/** Fetches a file and saves it under the name that the server gave it. */
export function useDownload<Wish = void>(fetchFile: (wish: Wish) => Promise<File>) {
  const { message } = App.useApp();
  return useMutation({
    mutationFn: fetchFile,
    onSuccess: (file) => saveFile(file, file.name),
    onError: (error) => void message.error(errorText(error)),
  });
}
