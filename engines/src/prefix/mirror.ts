import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EngineError } from '../errors.ts';

/** Where packages come from: an archive's address and, when it is on this machine, the keyring that signs it. */
export type Mirror = { uri: string; keyring: string | null };

const keyrings = ['/usr/share/keyrings/debian-archive-keyring.gpg', '/usr/share/keyrings/debian-archive-keyring.pgp'];

/**
 * The Debian archive this machine already uses, or `REXIAN_DEBIAN_MIRROR`. Throws `no-mirror` when there is neither
 * (an Ubuntu machine's sources lead to another archive).
 */
export function findMirror(etcApt = '/etc/apt'): Mirror {
  const keyring = keyrings.find((path) => readOrEmpty(path) !== '') ?? null;
  const uri = process.env.REXIAN_DEBIAN_MIRROR || debianUri(sourceTexts(etcApt));
  if (uri) return { uri, keyring };
  throw new EngineError(
    'no-mirror',
    '这台机器的 apt 源里没有 Debian 软件源，无法安装语音引擎。请把 REXIAN_DEBIAN_MIRROR 设为一个 Debian 镜像地址（以 /debian 结尾），或在系统中安装 asterisk（20 以上）、espeak-ng、opus-tools、sox。',
  );
}

/** The address of the main Debian archive in apt source texts (deb822 or one-line form); null when none is named. */
export function debianUri(texts: readonly string[]): string | null {
  const uris = texts.flatMap((text) => [...oneLineUris(text), ...deb822Uris(text)]);
  return uris.find((uri) => /\/debian\/?$/.test(new URL(uri).pathname)) ?? null;
}

function oneLineUris(text: string): string[] {
  const lines = text.matchAll(/^\s*deb\s+(?:\[[^\]]*\]\s+)?(\S+:\/\/\S+)\s+\S+/gm);
  return [...lines].map((match) => match[1] ?? '').filter((uri) => URL.canParse(uri));
}

function deb822Uris(text: string): string[] {
  const stanzas = text.replaceAll(/^#.*\n?/gm, '').split(/\n\s*\n/);
  return stanzas
    .filter((stanza) => /^Types:.*\bdeb\b/im.test(stanza) && !/^Enabled:\s*(no|false)/im.test(stanza))
    .flatMap((stanza) => /^URIs:((?:.*\n?)(?:[ \t]+.*\n?)*)/im.exec(stanza)?.[1]?.trim().split(/\s+/) ?? [])
    .filter((uri) => URL.canParse(uri));
}

function sourceTexts(etcApt: string): string[] {
  const folder = join(etcApt, 'sources.list.d');
  const names = listOrEmpty(folder).filter((name) => /\.(sources|list)$/.test(name));
  return [join(etcApt, 'sources.list'), ...names.map((name) => join(folder, name))].map(readOrEmpty);
}

function listOrEmpty(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
