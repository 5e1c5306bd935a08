import { startStack } from '@rexian/server/testing/stack.ts';
import { openDb } from '@rexian/server/platform/db.ts';
import { openWebSession, SESSION_COOKIE } from '@rexian/server/auth/sessions.ts';
import { writeFileSync } from 'node:fs';
const stack = await startStack({ name: 'h7-hand', basePort: 24700, rtpStart: 62000, demo: true, logFile: '/tmp/h7-control.log', seed: async () => {} });
const { db, close } = openDb(stack.databaseUrl, { max: 1 });
const people = await db.selectFrom('people').select(['id', 'login', 'name']).execute();
const cookies = {};
for (const { id, login } of people.slice(0, 60)) { try { const { token } = await openWebSession(db, id, { address: '127.0.0.1', userAgent: 'hand' }); cookies[login] = token; } catch {} }
await close();
writeFileSync('/tmp/h7-stack.json', JSON.stringify({ url: stack.url, databaseUrl: stack.databaseUrl, cookie: SESSION_COOKIE, cookies, people: people.map(p => [p.login, p.name]) }));
console.log('ready', stack.url, process.pid);
process.on('SIGTERM', async () => { await stack.close(); process.exit(0); });
setInterval(() => {}, 1000);
