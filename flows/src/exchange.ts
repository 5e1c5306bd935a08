/** A flow as a file, and a flow for another centre. */
import { z } from 'zod';
import { filledFields, put } from './fields.ts';
import { type Finding, type FlowDocument, flowDocument, readFlow } from './graph.ts';
import type { ReferenceKind } from './node.ts';
import type { NodeTypes } from './types.ts';
import { isReference } from './validate.ts';

const FORMAT = 'rexian-flow';
/** Raised when an older file has to be changed to be read. */
const VERSION = 1;
/** Characters; a flow of a thousand nodes has some 500,000. */
export const MAX_FILE = 2_000_000;

export interface FlowFile {
  name: string;
  document: FlowDocument;
}

const file = z.object({
  format: z.literal(FORMAT),
  version: z.number().int().min(1),
  name: z.string().trim().min(1).max(60),
  document: z.unknown(),
});

export const exportFlow = ({ name, document }: FlowFile): string =>
  `${JSON.stringify({ format: FORMAT, version: VERSION, name, document }, null, 2)}\n`;

/**
 * Reads such a file. `refused`: why it can't be taken, in Chinese. Nodes that can't run (`validate`) are no reason: they are put right in
 * the editor; what isn't a flow at all is.
 */
export function importFlow(text: string, types: NodeTypes): FlowFile | { refused: string } {
  if (text.length > MAX_FILE) return { refused: '文件过大，不是流程文件' };
  const parsed = file.safeParse(jsonOf(text));
  if (!parsed.success) return { refused: '不是流程文件，请选择由本平台导出的文件' };
  const { name, version, document } = parsed.data;
  if (version > VERSION) return { refused: '文件由更新版本的平台导出，请先升级本平台' };
  const flow = flowDocument.safeParse(document);
  if (!flow.success) {
    const [fault] = readFlow(document, types).faults;
    return { refused: `文件中的流程已损坏：${fault ? placed(fault) : ''}` };
  }
  return { name, document: flow.data };
}

/** With the node and the part of it, by their names in the file. */
function placed({ node, field, message }: Finding): string {
  if (node === null) return message;
  return `节点“${node.slice(0, 40)}”${field ? `的 ${field.slice(0, 40)}` : ''}：${message}`;
}

/** What a flow points to, pointed elsewhere by `find`; null: nowhere, the field stays open and has to be filled in. */
export function retarget(
  document: FlowDocument,
  types: NodeTypes,
  find: (kind: ReferenceKind, id: string) => string | null,
): FlowDocument {
  const copy = structuredClone(document);
  for (const { type, config } of Object.values(copy.nodes))
    for (const { field, path, value } of [...filledFields(types.get(type)?.form ?? [], config)])
      if (isReference(field.kind)) put(config, path, find(field.kind, String(value)) ?? undefined);
  return copy;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
