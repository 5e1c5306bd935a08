/**
 * Generates `generated/ari.ts` from the rest-api/*.json (Swagger 1.1) of the installed Asterisk, so that the wire is typed by the
 * engine itself.
 *
 *   node server/src/engines/asterisk/generate.ts [--check]
 *
 * `--check` writes nothing and exits 1 when the committed file differs from what the same version of Asterisk gives; a newer
 * Asterisk that says something else is only a reminder, because the engine's suite moves by itself.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asteriskFolders, defaultHome, tool } from '@rexian/engines';

interface Parameter {
  name: string;
  description: string;
  paramType: 'path' | 'query' | 'body';
  required: boolean;
  allowMultiple: boolean;
  dataType: string;
}
interface Operation {
  httpMethod: string;
  nickname: string;
  summary: string;
  responseClass: string;
  parameters?: Parameter[];
  upgrade?: string;
}
interface Model {
  id: string;
  description: string;
  properties: Record<string, { type: string; required: boolean; description?: string }>;
  subTypes?: string[];
}
interface Resource {
  resourcePath: string;
  apis: { path: string; operations: Operation[] }[];
  models: Record<string, Model>;
}

const RESOURCES = [
  'applications',
  'asterisk',
  'bridges',
  'channels',
  'deviceStates',
  'endpoints',
  'events',
  'playbacks',
  'recordings',
  'sounds',
];
const SCALARS: Record<string, string> = {
  string: 'string',
  Date: 'string',
  int: 'number',
  long: 'number',
  double: 'number',
  boolean: 'boolean',
  object: 'Record<string, unknown>',
  containers: 'object',
  void: 'undefined',
  binary: 'string',
};

function type(name: string): string {
  const list = /^List\[(.+)\]$/.exec(name);
  if (list?.[1]) return `${type(list[1])}[]`;
  return SCALARS[name] ?? name;
}

function doc(text: string | undefined, indent = ''): string {
  const words = (text ?? '').replace(/\s+/g, ' ').replaceAll('*/', '*').trim();
  return words ? `${indent}/** ${words} */\n` : '';
}

function model(m: Model, models: Map<string, Model>, parents: Map<string, string>): string {
  const isEvent = ancestors(m.id, parents).includes('Event');
  const inherited = ancestors(m.id, parents).flatMap((p) => Object.entries(models.get(p)?.properties ?? {}));
  const own = [...inherited, ...Object.entries(m.properties)];
  const lines = own.map(([name, p]) => {
    const value = isEvent && name === 'type' ? `'${m.id}'` : type(p.type);
    return `${doc(p.description, '  ')}  ${name}${p.required ? '' : '?'}: ${value};\n`;
  });
  return `${doc(m.description)}export interface ${m.id} {\n${lines.join('')}}\n`;
}

function ancestors(id: string, parents: Map<string, string>): string[] {
  const parent = parents.get(id);
  return parent ? [...ancestors(parent, parents), parent] : [];
}

export function generate(folder: string, version: string): string {
  const resources = RESOURCES.map((r) => ({
    name: r,
    ...(JSON.parse(readFileSync(join(folder, `${r}.json`), 'utf8')) as Resource),
  }));
  const models = new Map(resources.flatMap((r) => Object.entries(r.models ?? {})));
  const parents = new Map<string, string>();
  for (const m of models.values()) for (const sub of m.subTypes ?? []) parents.set(sub, m.id);
  const events = [...models.keys()].filter((id) => parents.get(id) === 'Event');

  const table: string[] = [];
  const types: string[] = [];
  for (const resource of resources) {
    for (const api of resource.apis) {
      for (const op of api.operations) {
        if (op.upgrade || op.responseClass === 'binary') continue;
        const key = `${resource.name}.${op.nickname}`;
        const params = op.parameters ?? [];
        const names = (kind: string) => params.filter((p) => p.paramType === kind).map((p) => `'${p.name}'`);
        table.push(
          `  '${key}': { method: '${op.httpMethod}', path: '${api.path}', query: [${names('query').join(', ')}], body: [${names('body').join(', ')}] },\n`,
        );
        const fields = params.map(
          (p) => `${p.name}${p.required ? '' : '?'}: ${type(p.dataType)}${p.allowMultiple ? '[]' : ''}`,
        );
        types.push(
          `${doc(op.summary, '  ')}  '${key}': { params: { ${fields.join('; ')} }; result: ${type(op.responseClass)} };\n`,
        );
      }
    }
  }
  return `${heading(version)}// Generated from its rest-api/*.json by ../generate.ts: don't edit.\n\n${[
    ...models.values(),
  ]
    .map((m) => model(m, models, parents))
    .join('\n')}
/** Every event that ARI sends over its WebSocket. */
export type AriEvent =\n${events.map((e) => `  | ${e}`).join('\n')};

/** Parameters and result of each operation. */
export interface AriOperations {\n${types.join('')}}

/** How each operation goes over the wire. */
export const ariRoutes = {\n${table.join('')}} as const;
`;
}

const heading = (version: string) => `// ${version}\n`;

function main(check: boolean): number {
  const home = defaultHome();
  const { command, args } = tool(home, 'asterisk');
  const version = execFileSync(command, [...args, '-V'], { encoding: 'utf8' }).trim();
  const folder = join(asteriskFolders(home).data, 'rest-api');
  const target = join(import.meta.dirname, 'generated', 'ari.ts');
  const text = generate(folder, version);
  if (!check) {
    writeFileSync(target, text);
    return 0;
  }
  const committed = readFileSync(target, 'utf8');
  if (committed === text) return 0;
  const sameVersion = committed.startsWith(heading(version));
  console.error(`${target} differs from what ${folder} (${version}) gives: run generate.ts without --check`);
  return sameVersion ? 1 : 0;
}

if (import.meta.main) process.exit(main(process.argv.includes('--check')));
