/** An agent of a bench at the API: signed in with an IP phone whose SIP side somebody else plays. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { PhoneAccount } from '@rexian/contracts';
import { openWebSession, SESSION_COOKIE } from '@rexian/server/auth/sessions.ts';
import { openDb } from '@rexian/server/platform/db.ts';
import { type Api, PlatformSession } from '@rexian/simulate';
import { agentLogin } from './seed.ts';

export interface DeskAgent {
  login: string;
  api: Api;
  sessionId: string;
  phone: PhoneAccount;
}

/**
 * Signs in so many agents, ten at a time. Their log-ins are opened in the store, because the API rightly refuses so many from
 * one address in a minute.
 */
export async function signInAgents(url: string, databaseUrl: string, count: number): Promise<DeskAgent[]> {
  const { db, close } = openDb(databaseUrl, { max: 2 });
  try {
    const logins = Array.from({ length: count }, (_, index) => agentLogin(index));
    const people = await db.selectFrom('people').select(['id', 'login']).where('login', 'in', logins).execute();
    const agents: DeskAgent[] = [];
    const queue = people.values();
    const worker = async (): Promise<void> => {
      for (const { id, login } of queue) {
        const { token } = await openWebSession(db, id, { address: '127.0.0.1', userAgent: 'bench' });
        const { api } = PlatformSession.resume(url, `${SESSION_COOKIE}=${token}`);
        const { sessionId, phone } = await api.desk.signIn({ phoneKind: 'sip' });
        agents.push({ login, api, sessionId, phone });
      }
    };
    await Promise.all(Array.from({ length: 10 }, worker));
    return agents.sort((a, b) => a.login.localeCompare(b.login));
  } finally {
    await close();
  }
}

/** Sets all agents ready; one whose phone isn't registered yet is refused and tried again. */
export async function makeReady(agents: readonly DeskAgent[], deadlineMs: number): Promise<void> {
  const end = Date.now() + deadlineMs;
  for (const { api, sessionId, login } of agents) {
    for (;;) {
      try {
        await api.desk.setState({ sessionId, state: 'ready' });
        break;
      } catch (error) {
        if (Date.now() > end) throw new Error(`${login} could not go ready: ${String(error)}`);
        await sleep(250);
      }
    }
  }
}
