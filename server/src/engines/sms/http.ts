/**
 * An SMS platform over HTTP: `POST` of `{"id", "number", "text"}` to one address, with `Authorization: Bearer …` and the id as
 * `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header). It answers 2xx with `{"id": "…"}`, its own name for the message; 4xx is a
 * refusal, except 408, 409 (still busy with the same id), 425 and 429. Everything else is tried again with the same id. What became of a
 * message the platform reports by `sms.report` of the contract, under the id that it got.
 */
import { z } from 'zod';
import { SmsFailed, type SmsGateway, SmsRefused } from './gateway.ts';

const MAX_ANSWER = 16 * 1024;
const AGAIN = [408, 409, 425, 429];
const UNREADABLE = '短信平台的应答无法识别';
const answer = z.object({ id: z.union([z.string().min(1).max(200), z.number()]) });

export function httpSms({ url, token }: { url: string; token: string | undefined }): SmsGateway {
  return {
    capabilities: { id: 'http', maxCharacters: 500, idempotent: true },
    async send({ signal, ...message }) {
      const headers = {
        'content-type': 'application/json',
        accept: 'application/json',
        'idempotency-key': message.id,
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      };
      const request = { method: 'POST', signal, redirect: 'error', headers, body: JSON.stringify(message) } as const;
      const response = await fetch(url, request).catch(unanswered);
      if (!response.ok) {
        await response.body?.cancel();
        throw refused(response.status);
      }
      return String(read(await textOf(response).catch(unanswered)).id);
    },
  };
}

/** Whether no answer came in time, or no connection about. */
function unanswered(error: Error): never {
  if (error instanceof SmsFailed) throw error;
  const late = error.name === 'TimeoutError';
  throw new SmsFailed(error.message, late ? '短信平台没有按时应答' : '无法连接短信平台', { cause: error });
}

function refused(status: number): SmsFailed {
  const [message, told] = [`answered ${status}`, `短信平台返回 ${status}`];
  const forGood = status >= 400 && status < 500 && !AGAIN.includes(status);
  return forGood ? new SmsRefused(message, told) : new SmsFailed(message, told);
}

async function textOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_ANSWER) throw new SmsFailed('answered with too much', UNREADABLE);
  }
  return text;
}

/** Never the text itself in the error: it may name the number. */
function read(text: string): z.infer<typeof answer> {
  try {
    return answer.parse(JSON.parse(text));
  } catch {
    throw new SmsFailed('answered with something that names no message', UNREADABLE);
  }
}
