/** An agent of a bench at the API: signed in with an IP phone whose SIP side somebody else plays. */
import { setTimeout as sleep } from 'node:timers/promises';
import { openWebSession, SESSION_COOKIE } from '@rexian/server/auth/sessions.ts';
import { openDb } from '@rexian/server/platform/db.ts';
import { deviceNameOf } from '@rexian/server/seed/devices.ts';
import type { Stack } from '@rexian/server/testing/stack.ts';
import { type Api, type PhoneAccess, PlatformSession } from '@rexian/simulate';
import { agentLogin, PHONE_PASSWORD } from './seed.ts';

export interface DeskAgent {
  login: string;
  api: Api;
  sessionId: string;
  phone: PhoneAccess;
}

/**
 * Signs in so many agents, ten at a time. Their log-ins are opened in the store, because the API rightly refuses so many from
 * one address in a minute.
 */
export async function signInAgents(
  { url, databaseUrl, sipPort }: Pick<Stack, 'url' | 'databaseUrl' | 'sipPort'>,
  count: number,
): Promise<DeskAgent[]> {
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
        const { devices } = await api.desk.phones({});
        const device = devices.find(({ name }) => name === deviceNameOf(login));
        if (!device) throw new Error(`no phone of ${login}`);
        const { sessionId } = await api.desk.signIn({ phone: { kind: 'sip', deviceId: device.id } });
        const phone = { username: device.name, password: PHONE_PASSWORD, registrar: `127.0.0.1:${sipPort}` };
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
