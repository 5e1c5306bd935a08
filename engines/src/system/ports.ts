import { createSocket } from 'node:dgram';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError, hasCode } from '../errors.ts';
import { commandLine } from './processes.ts';

export type PortUse = {
  protocol: 'tcp' | 'udp';
  host: string;
  port: number;
  /** What the port is for, in Chinese. */
  purpose: string;
  /** The environment variable that moves it. */
  variable: string;
};

const releaseMs = 2_000;

/** Throws `port-taken` (naming the port, its owner when that can be seen, and the variable to set) unless it can be bound. */
export async function requirePort(use: PortUse): Promise<void> {
  const error = await bindError(use);
  if (!error) return;
  const name = `${use.protocol.toUpperCase()} 端口 ${use.port}（${use.purpose}）`;
  if (hasCode(error, 'EACCES')) {
    throw new EngineError('no-permission', `没有权限监听 ${name}。请用 ${use.variable} 换一个大于 1023 的端口。`);
  }
  if (!hasCode(error, 'EADDRINUSE')) {
    throw new EngineError('start-failed', `无法监听 ${name}：${error.message}。请检查 ${use.variable}。`);
  }
  const owner = portOwner(use.protocol, use.port);
  const by = owner ? `已被进程 ${owner.pid}（${owner.command}）占用` : '已被其他程序占用';
  throw new EngineError('port-taken', `${name} ${by}。请停止该程序，或用 ${use.variable} 换一个端口。`);
}

/** A multi-threaded process killed a moment ago may hold its sockets a little longer than its id: such a port gets a second look. */
async function bindError(use: PortUse): Promise<Error | null> {
  const deadline = Date.now() + releaseMs;
  for (;;) {
    const error = await (use.protocol === 'tcp' ? tryTcp(use) : tryUdp(use));
    const mayPass = hasCode(error, 'EADDRINUSE') && !portOwner(use.protocol, use.port);
    if (!mayPass || Date.now() >= deadline) return error;
    await sleep(100);
  }
}

function tryTcp({ host, port }: PortUse): Promise<Error | null> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', resolve);
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(null)));
  });
}

function tryUdp({ host, port }: PortUse): Promise<Error | null> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  return new Promise((resolve) => {
    socket.once('error', (error) => {
      socket.close();
      resolve(error);
    });
    socket.bind({ address: host, port, exclusive: true }, () => socket.close(() => resolve(null)));
  });
}

/** The process that listens on a local port, from /proc; null when unknown (other users' processes stay hidden unless we are root). */
export function portOwner(protocol: 'tcp' | 'udp', port: number): { pid: number; command: string } | null {
  const inodes = new Set([`/proc/net/${protocol}`, `/proc/net/${protocol}6`].flatMap((file) => listening(file, port)));
  if (inodes.size === 0) return null;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (!openSockets(pid).some((inode) => inodes.has(inode))) continue;
    return { pid: Number(pid), command: commandLine(Number(pid)).join(' ').slice(0, 80) || '未知' };
  }
  return null;
}

function listening(file: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  // 0A: a TCP listener; 07: an unconnected UDP socket.
  const state = file.includes('tcp') ? '0A' : '07';
  try {
    const rows = readFileSync(file, 'utf8').split('\n').slice(1);
    const fields = rows.map((row) => row.trim().split(/\s+/));
    return fields.filter((f) => f[1]?.endsWith(suffix) && f[3] === state).map((f) => f[9] ?? '');
  } catch {
    return [];
  }
}

function openSockets(pid: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      const target = /^socket:\[(\d+)\]$/.exec(linkTarget(`/proc/${pid}/fd/${fd}`));
      return target?.[1] ? [target[1]] : [];
    });
  } catch {
    return [];
  }
}

function linkTarget(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
