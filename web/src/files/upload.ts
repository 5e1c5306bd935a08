/** Sends files as plain bytes: only XMLHttpRequest tells how far an upload has come. */
import { FILE_ENDINGS, FILE_MAX_BYTES, FILES_PATH, IDLE_HEADER, type StoredFile, storedFile } from '@rexian/contracts';
import { z } from 'zod';
import { idleSeconds } from '../platform/activity.ts';

/** As long as the server waits for the whole of it, and a little for its answer. */
const DEADLINE_MS = 150_000;
const UNREACHABLE = '上传失败，请检查网络后重试';

const answer = storedFile.extend({ uploadedAt: z.coerce.date() });
const refusal = z.object({ message: z.string(), code: z.string().optional() });

/** Why a file isn't worth sending; null: it may be taken. The server looks into it. */
export function refusedBefore({ name, size }: Pick<File, 'name' | 'size'>): string | null {
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase();
  if (!FILE_ENDINGS.some((each) => each === ending)) return '不支持此类文件';
  if (size > FILE_MAX_BYTES) return '文件超过 50 MB';
  return size === 0 ? '文件是空的' : null;
}

/** The server won't have this file, however often it comes. */
export class RefusedFile extends Error {}

/** `onProgress`: 0…1. Rejects with an Error in Chinese. */
export function upload(file: File, onProgress: (done: number) => void, signal: AbortSignal): Promise<StoredFile> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = (message: string) => reject(new Error(message));
    request.open('POST', `${FILES_PATH}?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader(IDLE_HEADER, String(idleSeconds()));
    request.timeout = DEADLINE_MS;
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onerror = () => fail(UNREACHABLE);
    request.ontimeout = () => fail('上传超时，请检查网络后重试');
    request.onload = () => {
      const said: unknown = readJson(request.responseText);
      const taken = answer.safeParse(said);
      if (request.status === 200 && taken.success) resolve(taken.data);
      else {
        const { message, code } = refusal.safeParse(said).data ?? { message: UNREACHABLE };
        if (code === 'BAD_FILE' || code === 'TOO_LARGE') reject(new RefusedFile(message));
        else fail(message);
      }
    };
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
