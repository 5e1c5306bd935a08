import type { ArticleDifference } from '@rexian/contracts';

/** What the fields of an article are called. */
export const fieldWords: Record<ArticleDifference['fields'][number]['field'], string> = {
  libraryId: '知识库',
  categoryId: '目录',
  title: '标题',
  summary: '摘要',
  body: '正文',
  tags: '标签',
  regions: '适用地区',
  validFrom: '生效日期',
  validTo: '失效日期',
  source: '依据文件',
  reviewOn: '复核日期',
  sharing: '共享范围',
  roleIds: '可见角色',
  fileIds: '附件',
};
