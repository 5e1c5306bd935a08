import { type ArticleSharing, articleSharing } from '@rexian/contracts';
import { Alert, Button, Modal, Radio, Spin } from 'antd';
import { useState } from 'react';
import { errorText } from '../../platform/errors.ts';
import { worded } from '../../platform/worded.ts';
import { useOwnUnit, useTargets } from '../places.ts';
import { ChooseFile } from './ChooseFile.tsx';
import { Preview } from './Preview.tsx';
import { Result } from './Result.tsx';
import { useAnswerImport } from './useAnswerImport.ts';
import './imports.css';

/** Answers from Excel: a file, what is in it and what is there already, the rows that are wanted, and only then proposals. */
export default function ImportDialog({ onClose }: { onClose(): void }) {
  const own = useOwnUnit();
  const targets = useTargets();
  const work = useAnswerImport();
  const [unitId, setUnitId] = useState(own.id);
  const [sharing, setSharing] = useState<ArticleSharing>('subtree');
  const { checked, checking, chosen, result, sending } = work;
  const imported = result !== null && result.errors.length === 0;
  const usable = checked !== null && checked.errors.length === 0 && chosen.length > 0;
  return (
    <Modal
      open
      width={1040}
      title="导入问答"
      mask={{ closable: false }}
      onCancel={() => !sending && onClose()}
      footer={
        imported ? (
          <Button type="primary" onClick={onClose}>
            完成
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>取消</Button>
            <Button
              type="primary"
              disabled={!usable || checking}
              loading={sending}
              onClick={() => work.send(unitId, sharing)}
            >
              {chosen.length > 0 ? `提交所选 ${chosen.length} 条` : '提交'}
            </Button>
          </>
        )
      }
    >
      <div className="answer-import" data-imported={imported}>
        {!imported && (
          <ChooseFile file={work.file} busy={checking || sending} onFile={(file) => void work.choose(file, unitId)} />
        )}
        {!imported && (
          <div className="answer-import-terms">
            {targets.length > 1 && (
              <span>
                提交给
                <Radio.Group
                  aria-label="提交给"
                  options={targets.map(({ id, name }) => ({
                    value: id,
                    label: id === own.id ? `本中心（${name}）` : name,
                  }))}
                  value={unitId}
                  onChange={({ target }) => {
                    setUnitId(target.value);
                    work.recheck(target.value);
                  }}
                />
              </span>
            )}
            <span>
              共享范围
              <Radio.Group
                aria-label="共享范围"
                options={worded(articleSharing)}
                value={sharing}
                onChange={({ target }) => setSharing(target.value)}
              />
            </span>
          </div>
        )}
        {work.tooLarge && <Alert type="error" showIcon title="文件超过 5 MB，请分成几个文件导入" />}
        {work.error && <Alert type="error" showIcon title={errorText(work.error)} />}
        {checking && (
          <Spin description="正在检查文件">
            <div className="import-checking" />
          </Spin>
        )}
        {result && <Result result={result} />}
        {checked && !checking && !imported && (
          <Preview checked={checked} chosen={chosen} onChoose={work.setChosen} disabled={sending} />
        )}
      </div>
    </Modal>
  );
}
