/** Words that would be read wrong: tax and government language first. What is added here has its line in hard-phrases.tsv. */

const NUMERALS: Record<string, string> = {
  ...{ 零: 'líng', 一: 'yī', 二: 'èr', 三: 'sān', 四: 'sì', 五: 'wǔ', 六: 'liù', 七: 'qī', 八: 'bā', 九: 'jiǔ' },
};

/** Pinyin with tone marks, a space between syllables. */
export const words: Record<string, string> = {
  // 为 is mostly “is”; for somebody it is wèi.
  ...{
    为: 'wéi',
    为您: 'wèi nín',
    为了: 'wèi le',
    为什么: 'wèi shén me',
    为何: 'wèi hé',
    为此: 'wèi cǐ',
    为民: 'wèi mín',
  },
  ...{ 为我: 'wèi wǒ', 为你: 'wèi nǐ', 为他: 'wèi tā', 为大家: 'wèi dà jiā', 为纳税人服务: 'wèi nà shuì rén fú wù' },
  ...{ 因为: 'yīn wèi' },
  // 应 ought; in 响应, 相应, 供应 it answers.
  ...{ 应: 'yīng', 应纳: 'yīng nà', 应税: 'yīng shuì', 应补: 'yīng bǔ', 应退: 'yīng tuì', 应缴: 'yīng jiǎo' },
  ...{ 应收: 'yīng shōu', 应付账款: 'yīng fù zhàng kuǎn', 应于: 'yīng yú', 应予: 'yīng yǔ' },
  ...{ 答应: 'dā ying', 对应: 'duì yìng', 适应: 'shì yìng', 响应: 'xiǎng yìng', 相应: 'xiāng yìng', 反应: 'fǎn yìng' },
  ...{ 供应: 'gōng yìng', 应对: 'yìng duì', 应用: 'yìng yòng', 应急: 'yìng jí', 应聘: 'yìng pìn' },
  ...{ 应答: 'yìng dá', 应诉: 'yìng sù', 应付: 'yìng fù', 效应: 'xiào yìng', 呼应: 'hū yìng', 感应: 'gǎn yìng' },
  // 一 as a number keeps its tone.
  ...Object.fromEntries([...'零一二三四五六七八九'].map((digit) => [`一点${digit}`, `yī diǎn ${NUMERALS[digit]}`])),
  ...{ 一至: 'yī zhì' },
  ...{ 征纳: 'zhēng nà', 扣缴: 'kòu jiǎo', 缴费: 'jiǎo fèi', 重复: 'chóng fù', 重组: 'chóng zǔ' },
  ...{
    局长: 'jú zhǎng',
    处长: 'chù zhǎng',
    科长: 'kē zhǎng',
    股长: 'gǔ zhǎng',
    率先: 'shuài xiān',
    差旅: 'chāi lǚ',
    种植: 'zhòng zhí',
  },
  ...{ 得先: 'děi xiān', 还得: 'hái děi', 须得: 'xū děi', 必须得: 'bì xū děi' },
  ...{ 耐心地: 'nài xīn de', 认真地: 'rèn zhēn de', 及时地: 'jí shí de', 如实地: 'rú shí de', 更好地: 'gèng hǎo de' },
  ...{ 都安: 'dū ān' },
};

/** Letters as Chinese speakers say them. */
export const letters: Record<string, string> = {
  ...{ a: 'ei1', b: 'bi4', c: 'xi1', d: 'di4', e: 'yi4', f: 'ai2 fu5', g: 'ji4', h: 'ei2 chi5', i: 'ai4' },
  ...{ j: 'zhei4', k: 'kei4', l: 'ai2 lou5', m: 'ai2 mu5', n: 'en1', o: 'ou1', p: 'pi1', q: 'ku4 you5' },
  ...{ r: 'a4 er5', s: 'ai2 si5', t: 'ti4', u: 'you1', v: 'wei1', w: 'da2 bu5 liu5', x: 'ai2 ke5 si5' },
  ...{ y: 'wai4', z: 'zei4' },
};

/** Latin words that are not spelled, in lower case. */
export const latinWords: Record<string, string> = { ukey: 'you1 kei4', key: 'kei4', ok: 'ou1 kei4' };
