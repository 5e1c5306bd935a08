import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EngineError } from '../errors.ts';
import { ensureFolder, writeAtomically } from '../system/files.ts';
import { asteriskFolders } from '../tools.ts';
import type { AsteriskOptions } from './options.ts';

const templates = resolve(import.meta.dirname, '../../asterisk');

/** The whole configuration as file name → content. */
export type AsteriskConfig = Record<string, string>;

/**
 * Fills the templates in `engines/asterisk/` (`@@name@@`). `run` is the folder of control socket and pid file. Throws
 * `bad-path` for values an Asterisk configuration can't carry.
 */
export function renderConfig(options: AsteriskOptions, run: string): AsteriskConfig {
  const { dir, ports, ari, app, trunkAllow, trialPassword, flowTestPassword } = options;
  const { modules, data } = asteriskFolders(options.home);
  const values: Record<string, string> = {
    dir,
    run,
    modules,
    data,
    app,
    httpPort: String(ports.http),
    sipPort: String(ports.sip),
    rtpStart: String(ports.rtpStart),
    rtpEnd: String(ports.rtpEnd),
    bindSip: options.bindSip ?? '0.0.0.0',
    ariUser: ari.user,
    ariPassword: ari.password,
    promptsDir: options.promptsDir,
    journalDir: options.journalDir,
    trialPassword: trialPassword ?? '',
    flowTestPassword: flowTestPassword ?? '',
  };
  for (const [name, value] of Object.entries(values)) requireSafe(name, value);
  for (const address of trunkAllow) requireSafe('trunkAllow', address);
  const optional = new Map([
    ['pjsip_identify.conf', trunkAllow.length > 0],
    ['pjsip_trial.conf', trialPassword !== null],
    ['pjsip_flow_test.conf', flowTestPassword !== null],
  ]);
  const config: AsteriskConfig = {};
  for (const name of readdirSync(templates).filter((file) => file.endsWith('.conf'))) {
    if (optional.get(name) === false) continue;
    const text = fill(readFileSync(join(templates, name), 'utf8'), { ...values, trunkAllow: trunkAllow.join(',') });
    const target = optional.has(name) ? 'pjsip.conf' : name;
    config[target] = (config[target] ?? '') + text;
  }
  return config;
}

function fill(template: string, values: Record<string, string>): string {
  return template.replaceAll(/@@(\w+)@@/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`template names an unknown value: ${name}`);
    return value;
  });
}

function requireSafe(name: string, value: string): void {
  // These end a value, start a comment or an expression, or split arguments in Asterisk's configuration.
  const found = /[,;&|"'<>$^(){}[\]\\\n\r]/.exec(value);
  if (!found) return;
  const what = value.includes('/') ? `路径 ${value}` : `设置 ${name}`;
  throw new EngineError('bad-path', `${what} 含有不支持的字符「${found[0]}」。请换一个不含该字符的目录或取值。`);
}

/** Writes the configuration into `<dir>/etc`, private to us, and removes files that no longer belong to it. */
export function writeConfig(dir: string, config: AsteriskConfig): void {
  const etc = join(dir, 'etc');
  ensureFolder(etc);
  for (const name of readdirSync(etc)) if (!(name in config)) rmSync(join(etc, name), { recursive: true });
  for (const [name, text] of Object.entries(config)) writeAtomically(join(etc, name), text, 0o600);
}

/** A fingerprint: two equal ones mean a running Asterisk needs no restart. */
export function configHash(config: AsteriskConfig): string {
  return createHash('sha256')
    .update(JSON.stringify(Object.entries(config).sort()))
    .digest('hex');
}
