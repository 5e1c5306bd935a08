/**
 * An SMS platform over HTTP: `POST` of `{"id", "number", "text"}` to one address, with `Authorization: Bearer …` and the id as
 * `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header). It answers 2xx with `{"id": "…"}`, its own name for the message; 4xx is a
 * refusal, except 408, 409 (still busy with the same id), 425 and 429. Everything else is tried again with the same id.
 */
import { z } from 'zod';
import { type SmsGateway, SmsRefused } from './gateway.ts';

const MAX_ANSWER = 16 * 1024;
const AGAIN = [408, 409, 425, 429];
const answer = z.object({ id: z.union([z.string().min(1).max(200), z.number()]) });

export function httpSms({ url, token }: { url: string; token: string | undefined }): SmsGateway {
  return {
    capabilities: { id: 'http', maxCharacters: 500, idempotent: true },
    async send({ signal, ...message }) {
      const response = await fetch(url, {
        method: 'POST',
        signal,
        redirect: 'error',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          'idempotency-key': message.id,
          ...(token ? { authorization: `Bearer ${token}` } : {}),
        },
        body: JSON.stringify(message),
      });
      const { status } = response;
      if (!response.ok) {
        await response.body?.cancel();
        const refused = status >= 400 && status < 500 && !AGAIN.includes(status);
        throw refused ? new SmsRefused(`answered ${status}`) : new Error(`answered ${status}`);
      }
      return String(read(await textOf(response)).id);
    },
  };
}

async function textOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_ANSWER) throw new Error('answered with too much');
  }
  return text;
}

/** Never the text itself in the error: it may name the number. */
function read(text: string): z.infer<typeof answer> {
  try {
    return answer.parse(JSON.parse(text));
  } catch {
    throw new Error('answered with something that names no message');
  }
}
