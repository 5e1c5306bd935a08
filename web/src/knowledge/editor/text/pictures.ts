import type { Editor } from '@tiptap/core';
import { refusedBefore, upload } from '../../../files/upload.ts';
import { newUuid } from '../../../platform/newUuid.ts';
import { writeOn } from './writeOn.ts';

const PICTURES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
export const PICTURE_ENDINGS = '.png,.jpg,.jpeg,.gif,.webp';
export const isPicture = ({ type }: Blob): boolean => PICTURES.has(type);

/** A picture whose place is in the text already. */
export interface Coming {
  key: string;
  file: File;
}

/** `data:` addresses hold pictures that the server would never see. */
export async function pictureOf(data: string): Promise<File | null> {
  const [, type, base64] = /^data:(image\/[a-z]+);base64,([\s\S]+)$/.exec(data) ?? [];
  if (!type || !base64 || !PICTURES.has(type)) return null;
  const bytes = Uint8Array.from(atob(base64.replace(/\s/g, '')), (character) => character.charCodeAt(0));
  return new File([bytes], `图片.${type.slice('image/'.length).replace('jpeg', 'jpg')}`, { type });
}

/** Sends one picture after the other to the places that wait for them; a place whose picture doesn't arrive goes. */
export async function bringIn(
  editor: Editor,
  coming: readonly Coming[],
  onFailed: (why: string) => void,
): Promise<void> {
  for (const { key, file } of coming) {
    try {
      const refused = refusedBefore(file);
      if (refused) throw new Error(refused);
      const { id } = await upload(file, () => undefined, new AbortController().signal);
      settle(editor, key, id);
    } catch (error) {
      settle(editor, key, null);
      onFailed(`${file.name}：${(error as Error).message}`);
    }
  }
}

function settle(editor: Editor, key: string, fileId: string | null): void {
  if (editor.isDestroyed) return;
  const { state, view } = editor;
  const { tr } = state;
  state.doc.descendants((node, at) => {
    if (node.type.name !== 'image' || node.attrs.upload !== key) return;
    if (fileId === null) tr.delete(at, at + node.nodeSize);
    else tr.setNodeMarkup(at, null, { ...node.attrs, fileId, upload: null });
  });
  // Not a step of the writer's: undoing takes back the picture, not its arrival.
  view.dispatch(tr.setMeta('addToHistory', false));
}

/** Makes places for the pictures at the cursor, or at `at`, and sends them; done when they have arrived. */
export function insertPictures(
  editor: Editor,
  files: readonly File[],
  onFailed: (why: string) => void,
  at: number = editor.state.selection.to,
): Promise<void> {
  const coming = files.filter(isPicture).map((file): Coming => ({ key: newUuid(), file }));
  editor
    .chain()
    .focus()
    .insertContentAt(
      at,
      coming.map(({ key, file }) => ({ type: 'image', attrs: { upload: key, alt: altOf(file) } })),
    )
    .run();
  writeOn(editor);
  return bringIn(editor, coming, onFailed);
}

/** Pictures from the clipboard have no name that says anything. */
const altOf = ({ name }: File): string => (/^(image|图片)\.\w+$/.test(name) ? '' : name.replace(/\.\w+$/, ''));
