import type { Editor } from '@tiptap/core';
import { Button, Input, Modal, Segmented } from 'antd';
import { useState } from 'react';
import { articleIdOf } from '../../paths.ts';
import { ArticlePicker, type Picked } from './ArticlePicker.tsx';

type Kind = 'article' | 'web';
type Attributes = { href: string | null; articleId: string | null };

/** Links what is selected to another article or to an address; where nothing is selected, the article's title or the address is put in. */
export function LinkDialog({ editor, onClose }: { editor: Editor; onClose(): void }) {
  const [now] = useState(() => editor.getAttributes('link') as Partial<Attributes>);
  const [kind, setKind] = useState<Kind>(now.href ? 'web' : 'article');
  const [address, setAddress] = useState(now.href ?? '');
  const [article, setArticle] = useState<Picked | null>(null);
  const [wrong, setWrong] = useState(false);
  const set = (attributes: Attributes, words: string) => {
    const chain = editor.chain().focus();
    const isNew = editor.state.selection.empty && !editor.isActive('link');
    if (isNew) chain.insertContent({ type: 'text', text: words, marks: [{ type: 'link', attrs: attributes }] }).run();
    else chain.extendMarkRange('link').setMark('link', attributes).run();
    onClose();
  };
  const submit = () => {
    if (kind === 'article') return article && set({ articleId: article.id, href: null }, article.title);
    const href = webAddress(address);
    if (href === null) return setWrong(true);
    const own = articleIdOf(href);
    return set(own ? { articleId: own, href: null } : { href, articleId: null }, address.trim());
  };
  const remove = () => {
    editor.chain().focus().extendMarkRange('link').unsetMark('link').run();
    onClose();
  };
  return (
    <Modal
      open
      title="链接"
      okText="确定"
      cancelText="取消"
      okButtonProps={{ disabled: kind === 'article' ? article === null : address.trim() === '' }}
      onOk={submit}
      onCancel={onClose}
      footer={(buttons) => (
        <div className="link-footer">
          {(now.href || now.articleId) && (
            <Button danger onClick={remove}>
              取消链接
            </Button>
          )}
          <span>{buttons}</span>
        </div>
      )}
    >
      <div className="link-form">
        <Segmented<Kind>
          aria-label="链接到"
          value={kind}
          onChange={setKind}
          options={[
            { value: 'article', label: '其他知识' },
            { value: 'web', label: '网址' },
          ]}
        />
        {kind === 'article' ? (
          <ArticlePicker value={article} onChange={setArticle} />
        ) : (
          <Input
            autoFocus
            aria-label="网址"
            placeholder="https://"
            maxLength={2_000}
            status={wrong ? 'error' : ''}
            value={address}
            onChange={({ target }) => {
              setAddress(target.value);
              setWrong(false);
            }}
            onPressEnter={submit}
          />
        )}
        {wrong && (
          <span className="list-wrong" role="alert">
            请输入以 http:// 或 https:// 开头的网址
          </span>
        )}
      </div>
    </Modal>
  );
}

/** What was typed as an address of the web; null: it is none. */
function webAddress(typed: string): string | null {
  const given = typed.trim();
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(given) ? given : `https://${given}`;
  return /^https?:\/\/\S+$/i.test(whole) && URL.canParse(whole) ? whole : null;
}
