import type { Editor } from '@tiptap/core';
import { NodeSelection, TextSelection } from '@tiptap/pm/state';

/** After a picture was put in or described it is selected, and the next key would take its place: writing goes on below it. */
export function writeOn(editor: Editor): void {
  const { state, view } = editor;
  const { selection, schema, tr } = state;
  if (!(selection instanceof NodeSelection) || !selection.node.isBlock) return;
  const below = selection.to;
  const paragraph = schema.nodes.paragraph;
  if (paragraph && !state.doc.resolve(below).nodeAfter?.isTextblock) tr.insert(below, paragraph.create());
  view.dispatch(tr.setSelection(TextSelection.create(tr.doc, below + 1)));
}
