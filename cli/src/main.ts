/** The `rexian` command, started by the launcher script on the project's own Node. */
import { parseArgs } from 'node:util';
import { EngineError } from '@rexian/engines';
import { help } from './help.ts';
import { livingProcess } from './instance.ts';
import { runMain } from './run-main.ts';
import { parsePort, readSettings } from './settings.ts';
import { status } from './status.ts';
import { stop } from './stop.ts';
import { Terminal } from './terminal.ts';
import { test } from './test.ts';
import { up } from './up.ts';

const usageError = 2;

async function main(command: string, args: string[], terminal: Terminal): Promise<number> {
  switch (command) {
    case 'up': {
      const { values } = parseArgs({
        args,
        options: { port: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
      });
      if (values.help) return showHelp();
      return up(terminal, values.port === undefined ? undefined : parsePort(values.port, '--port'));
    }
    case 'stop':
      return stop(terminal);
    case 'status':
      return status(terminal);
    case 'test':
      return test(terminal, args);
    case 'serve':
      return runMain('server', args);
    // Loaded when asked for: the other commands need no database driver.
    case 'migrate':
      return (await import('./migrate.ts')).migrate(terminal);
    case 'audit':
      return (await import('./audit.ts')).audit(args, terminal);
    case 'keys':
      return (await import('./keys.ts')).keys(args, terminal);
    case 'bench':
      return runMain('bench', args);
    case 'simulate':
      return runMain('simulate', [...runningPlatform(), ...args]);
    case 'help':
    case '--help':
    case '-h':
      return showHelp();
    default:
      if (command) terminal.fail(`没有「${command}」这个命令。\n`);
      process.stdout.write(help);
      return usageError;
  }
}

/** The simulator calls the platform that runs in this folder, on whatever ports, unless its own options say otherwise. */
function runningPlatform(): string[] {
  const { url, sip } = livingProcess(readSettings(process.env).runFolder, 'up') ?? {};
  return [...(url ? ['--url', url] : []), ...(sip ? ['--sip', sip] : [])];
}

function showHelp(): number {
  process.stdout.write(help);
  return 0;
}

/** The exit code for an error, after telling it. */
function tell(error: unknown, terminal: Terminal): number {
  if (error instanceof EngineError) {
    terminal.fail(error.message);
    if (error.detail) terminal.line(error.detail.replaceAll(/^/gm, '    '));
    return error.code === 'bad-setting' ? usageError : 1;
  }
  if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
    terminal.fail(`参数不对：${error.message}`);
    process.stdout.write(help);
    return usageError;
  }
  terminal.fail(`出现未预料的错误：${error instanceof Error ? (error.stack ?? error.message) : error}`);
  return 1;
}

const terminal = new Terminal();
const [command = '', ...args] = process.argv.slice(2);
const code = await main(command, args, terminal).catch((error: unknown) => tell(error, terminal));
// Commands that stay (serve) answer null: they end by themselves.
if (code >= 0) process.exit(code);
