import { type ArticleSharing, articleSharing } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Form, Input, Radio, Select } from 'antd';
import { Attachments } from '../../files/Attachments.tsx';
import { api } from '../../platform/api.ts';
import { DAY, type Dayjs, readWall } from '../../platform/beijing.ts';
import { DatePicker } from '../../platform/DatePicker.tsx';
import { worded } from '../../platform/worded.ts';
import { libraryOf, PlaceSelect } from '../libraries/PlaceSelect.tsx';
import { RolesSelect } from '../libraries/RolesSelect.tsx';
import { useLibraries } from '../libraries/useLibraries.ts';
import type { ArticleDraft } from './useArticleDraft.ts';

const MOST_FILES = 50;
const dayOf = (value: string | null): Dayjs | null => (value === null ? null : readWall(value));
const named = (value: Dayjs | null | undefined): string | null => value?.format(DAY) ?? null;

/** Where the article belongs, what it rests on, for whom and until when it holds. */
export function Facts({ draft }: { draft: ArticleDraft }) {
  const { article, content, change, files, setFiles } = draft;
  const { data: libraries = [] } = useLibraries();
  const known = useQuery(api.knowledge.regions.queryOptions({ staleTime: 60_000 }));
  const place = (categoryId: string) => {
    const library = libraryOf(libraries, categoryId);
    if (library) change({ libraryId: library.id, categoryId });
  };
  return (
    <aside className="article-facts-fields" aria-label="知识属性">
      <Form layout="vertical" component="div">
        <Form.Item label="知识库与目录" htmlFor="article-place">
          <PlaceSelect id="article-place" unitPath={article.unit.path} value={content.categoryId} onChange={place} />
        </Form.Item>
        <Form.Item label="依据文件" htmlFor="article-source">
          <Input.TextArea
            id="article-source"
            autoSize={{ minRows: 1, maxRows: 4 }}
            maxLength={500}
            placeholder="文件名称和文号"
            value={content.source}
            onChange={({ target }) => change({ source: target.value })}
          />
        </Form.Item>
        <Form.Item label="有效期" htmlFor="article-validity">
          <DatePicker.RangePicker
            id={{ start: 'article-validity', end: 'article-validity-end' }}
            className="full"
            allowEmpty={[true, true]}
            placeholder={['即日起', '长期']}
            value={[dayOf(content.validFrom), dayOf(content.validTo)]}
            onChange={(range) => change({ validFrom: named(range?.[0]), validTo: named(range?.[1]) })}
          />
        </Form.Item>
        <Form.Item label="复核日期" htmlFor="article-review" extra="到期前提醒知识运维人员核对">
          <DatePicker
            id="article-review"
            className="full"
            placeholder="不提醒"
            value={dayOf(content.reviewOn)}
            onChange={(reviewOn) => change({ reviewOn: named(reviewOn) })}
          />
        </Form.Item>
        <Form.Item label="标签" htmlFor="article-tags">
          <Words id="article-tags" value={content.tags} most={20} longest={20} onChange={(tags) => change({ tags })} />
        </Form.Item>
        <Form.Item label="适用地区" htmlFor="article-regions" extra="例如：广西、广西南宁；不填为不限地区">
          <Words
            id="article-regions"
            known={known.data}
            value={content.regions}
            most={50}
            longest={40}
            onChange={(regions) => change({ regions })}
          />
        </Form.Item>
        <Form.Item label="共享范围">
          <Radio.Group
            aria-label="共享范围"
            options={worded(articleSharing)}
            value={content.sharing}
            onChange={({ target }) => change({ sharing: target.value as ArticleSharing })}
          />
        </Form.Item>
        <Form.Item label="可见角色" htmlFor="article-roles">
          <RolesSelect
            id="article-roles"
            known={article.roles}
            value={content.roleIds}
            onChange={(roleIds) => change({ roleIds })}
          />
        </Form.Item>
        <Form.Item label="附件" htmlFor="article-files">
          <Attachments id="article-files" files={files} limit={MOST_FILES} onChange={setFiles} />
        </Form.Item>
      </Form>
    </aside>
  );
}

type WordsProps = {
  id: string;
  /** To choose from, beside typing others. */
  known?: readonly string[] | undefined;
  value: string[];
  most: number;
  /** Characters of a word. */
  longest: number;
  onChange(words: string[]): void;
};

/** Words that are typed, each ended by Enter, a comma or 、. */
function Words({ id, known = [], value, most, longest, onChange }: WordsProps) {
  return (
    <Select<string[]>
      id={id}
      mode="tags"
      {...(known.length === 0 ? { open: false } : { options: known.map((word) => ({ value: word })) })}
      suffixIcon={null}
      maxCount={most}
      tokenSeparators={[',', '，', '、', ' ']}
      placeholder="输入后按回车"
      value={value}
      onChange={(words) => onChange(words.map((word) => word.trim().slice(0, longest)).filter((word) => word !== ''))}
    />
  );
}
