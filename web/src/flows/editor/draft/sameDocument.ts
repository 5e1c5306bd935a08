import { type FlowDocument, flowDocument } from '@rexian/contracts';
import { hashKey } from '@tanstack/react-query';

/** Whether two documents are stored alike: neither the order of names nor spaces around titles make a difference. */
export function sameDocument(a: FlowDocument, b: FlowDocument): boolean {
  return a === b || stored(a) === stored(b);
}

function stored(document: FlowDocument): string {
  const read = flowDocument.safeParse(document);
  return hashKey([read.success ? read.data : document]);
}
