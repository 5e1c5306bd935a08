import type { AnswerImportResult } from '@rexian/contracts';
import { Alert } from 'antd';

/** What was proposed; or why nothing was. */
export function Result({ result: { proposed, already, errors } }: { result: AnswerImportResult }) {
  if (errors.length === 0)
    return (
      <Alert
        type="success"
        showIcon
        title={`已提交 ${proposed} 条问答，等待审核`}
        description={already > 0 ? `另有 ${already} 条此前已提交，没有重复提交。` : undefined}
      />
    );
  return (
    <Alert
      type="error"
      showIcon
      title="有行不能提交，所选的都没有提交"
      description={errors.map(({ row, column, message }) => (
        <div key={`${row} ${column} ${message}`}>
          第 {row} 行{column && `，${column}`}：{message}
        </div>
      ))}
    />
  );
}
