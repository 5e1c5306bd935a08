/** Started by tests as a process of its own, to be killed: starts one engine and stays. */
import { startAsterisk } from '../asterisk/start.ts';
import { startPostgres } from '../postgres/start.ts';

const [kind, text] = process.argv.slice(2);
const options = JSON.parse(text ?? '');
const { url, pid, reused } = await (kind === 'postgres' ? startPostgres(options) : startAsterisk(options));
process.send?.({ url, pid, reused });
setInterval(() => {}, 60_000);
