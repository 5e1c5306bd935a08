import type { Extensions } from '@tiptap/core';
import { TableKit } from '@tiptap/extension-table';
import { StarterKit } from '@tiptap/starter-kit';
import { LinkMark } from './LinkMark.ts';
import { Picture } from './Picture.ts';

/** Exactly the nodes and marks of `knowledge-document.ts`: what is pasted beyond them is left out by the schema. */
export const extensions: Extensions = [
  StarterKit.configure({ heading: { levels: [2, 3, 4] }, code: false, codeBlock: false, link: false }),
  LinkMark,
  Picture,
  TableKit.configure({ table: { resizable: true, cellMinWidth: 60, lastColumnResizable: false } }),
];
