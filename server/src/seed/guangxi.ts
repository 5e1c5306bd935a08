/** 广西's fourteen cities with their counties and districts, as the demo's units. Subscriber numbers are made up: no real one begins with 0. */

export interface City {
  code: string;
  name: string;
  areaCode: string;
  /** What other centres dial to reach it: the area code, with a 1 where a larger city has it already. */
  accessCode: string;
  /** Code and name of each. */
  counties: readonly (readonly [code: string, name: string])[];
}

export const CITIES: readonly City[] = [
  city(
    'nanning',
    '南宁市',
    '0771',
    'xingning 兴宁区 qingxiu 青秀区 jiangnan 江南区 xixiangtang 西乡塘区 liangqing 良庆区 yongning 邕宁区 wuming 武鸣区 hengzhou 横州市 longan 隆安县 mashan 马山县 shanglin 上林县 binyang 宾阳县',
  ),
  city(
    'liuzhou',
    '柳州市',
    '0772',
    'chengzhong 城中区 yufeng 鱼峰区 liunan 柳南区 liubei 柳北区 liujiang 柳江区 liucheng 柳城县 luzhai 鹿寨县 rongan 融安县 rongshui 融水苗族自治县 sanjiang 三江侗族自治县',
  ),
  city(
    'guilin',
    '桂林市',
    '0773',
    'xiufeng 秀峰区 diecai 叠彩区 xiangshan 象山区 qixing 七星区 yanshan 雁山区 lingui 临桂区 lipu 荔浦市 yangshuo 阳朔县 lingchuan 灵川县 quanzhou 全州县 xingan 兴安县 yongfu 永福县 guanyang 灌阳县 ziyuan 资源县 pingle 平乐县 longsheng 龙胜各族自治县 gongcheng 恭城瑶族自治县',
  ),
  city(
    'wuzhou',
    '梧州市',
    '0774',
    'wanxiu 万秀区 changzhou 长洲区 longxu 龙圩区 cenxi 岑溪市 cangwu 苍梧县 tengxian 藤县 mengshan 蒙山县',
  ),
  city('beihai', '北海市', '0779', 'haicheng 海城区 yinhai 银海区 tieshangang 铁山港区 hepu 合浦县'),
  city('fangchenggang', '防城港市', '0770', 'gangkou 港口区 fangcheng 防城区 dongxing 东兴市 shangsi 上思县'),
  city('qinzhou', '钦州市', '0777', 'qinnan 钦南区 qinbei 钦北区 lingshan 灵山县 pubei 浦北县'),
  city('guigang', '贵港市', '0775', 'gangbei 港北区 gangnan 港南区 qintang 覃塘区 guiping 桂平市 pingnan 平南县', '1'),
  city(
    'yulin',
    '玉林市',
    '0775',
    'yuzhou 玉州区 fumian 福绵区 beiliu 北流市 rongxian 容县 luchuan 陆川县 bobai 博白县 xingye 兴业县',
  ),
  city(
    'baise',
    '百色市',
    '0776',
    'youjiang 右江区 tianyang 田阳区 jingxi 靖西市 pingguo 平果市 tiandong 田东县 debao 德保县 napo 那坡县 lingyun 凌云县 leye 乐业县 tianlin 田林县 xilin 西林县 longlin 隆林各族自治县',
  ),
  city(
    'hezhou',
    '贺州市',
    '0774',
    'babu 八步区 pinggui 平桂区 zhaoping 昭平县 zhongshan 钟山县 fuchuan 富川瑶族自治县',
    '1',
  ),
  city(
    'hechi',
    '河池市',
    '0778',
    'yizhou 宜州区 jinchengjiang 金城江区 nandan 南丹县 tiane 天峨县 fengshan 凤山县 donglan 东兰县 luocheng 罗城仫佬族自治县 huanjiang 环江毛南族自治县 bama 巴马瑶族自治县 duan 都安瑶族自治县 dahua 大化瑶族自治县',
  ),
  city(
    'laibin',
    '来宾市',
    '0772',
    'xingbin 兴宾区 heshan 合山市 xincheng 忻城县 xiangzhou 象州县 wuxuan 武宣县 jinxiu 金秀瑶族自治县',
    '1',
  ),
  city(
    'chongzuo',
    '崇左市',
    '0771',
    'jiangzhou 江州区 pingxiang 凭祥市 fusui 扶绥县 ningming 宁明县 longzhou 龙州县 daxin 大新县 tiandeng 天等县',
    '1',
  ),
];

function city(code: string, name: string, areaCode: string, counties: string, shared = ''): City {
  const words = counties.split(' ');
  const pairs = words.flatMap((word, i) => (i % 2 === 0 ? [[word, words[i + 1] ?? ''] as const] : []));
  return { code, name, areaCode, accessCode: `${areaCode}${shared}`, counties: pairs };
}

/** The city's hotline: area code and 12366; where a larger city has that one already, a number of its own. */
export function hotlineOf(city: City): string {
  return city.accessCode === city.areaCode ? `${city.areaCode}12366` : subscriber(city, 0, 0);
}

/** Number of a county's bureau (1) or hall (2); counties count from 1. */
export function subscriber(city: City, county: number, line: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${city.areaCode}0${two(CITIES.indexOf(city) + 1)}${two(county)}${two(line)}`;
}
