import { expect, it } from 'vitest';
import { partnerAddress } from './partners.ts';

it.each([
  ['gx', '请输入以 https:// 开头的地址'],
  ['', '请输入以 https:// 开头的地址'],
  ['ftp://a.example', '请输入以 https:// 开头的地址'],
  ['https://u:p@a.example', '地址中不能带账号、查询参数或锚点'],
  ['https://a.example/?x', '地址中不能带账号、查询参数或锚点'],
  ['https://a.example/api', undefined],
])('an address of a platform: %s', (address, fault) => {
  expect(partnerAddress.safeParse(address).error?.issues.map(({ message }) => message)).toEqual(fault && [fault]);
});
