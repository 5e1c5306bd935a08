/** A person's client without the sign-in: passwords are slow by intent, and not what most tests are about. */
import { openWebSession, SESSION_COOKIE } from '../auth/sessions.ts';
import { openDb } from '../platform/db.ts';
import { type ApiClient, apiClient } from './api-client.ts';

/** Opens a session in the store, as a sign-in would have. `databaseUrl`: the owner's. */
export async function signedIn(stack: { url: string; databaseUrl: string }, login: string): Promise<ApiClient> {
  const { db, close } = openDb(stack.databaseUrl, { max: 1 });
  try {
    const { id } = await db.selectFrom('people').select('id').where('login', '=', login).executeTakeFirstOrThrow();
    const { token } = await openWebSession(db, id, { address: '127.0.0.1', userAgent: 'test' });
    return apiClient(stack.url, { cookie: `${SESSION_COOKIE}=${token}` });
  } finally {
    await close();
  }
}
