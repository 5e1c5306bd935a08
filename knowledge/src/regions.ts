/** Whether what is for these regions is for that one: it lies in one of them, as 广西南宁 does in 广西. For none of them: for everywhere. */
export const isFor = (regions: readonly string[], region: string): boolean =>
  regions.length === 0 || regions.some((each) => region.startsWith(each));
