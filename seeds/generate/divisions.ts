// The published divisions (read from divisions.csv, which is data, not output) and the invented communities below some townships.

import { readCsv, writeCsv } from './csv.ts';
import { random } from './prng.ts';

export interface Division { code: string; name: string; level: string; parent: string }

export const PSEUDO = new Set(['市辖区', '县', '省直辖县级行政区划', '自治区直辖县级行政区划']);
export const HOME = '330000';
export const NEIGHBOUR = '320000';
/** The county of the personas. */
export const SHOWCASE = '330106';

const STEMS = '禾溪桥桂枫荷榆竹松柳塘渡岭泉圃榕槐杏梨茶苇梧芷兰';
const PREFIXES = ['某', '例', '示'];

export interface World { divisions: Map<string, Division>; prefectures: Division[]; counties: Division[]; communities: Division[] }

export function buildDivisions(): World {
  const divisions = new Map<string, Division>();
  for (const row of readCsv('divisions.csv')) divisions.set(row['code']!, row as unknown as Division);
  const all = [...divisions.values()];
  const prefectures = all.filter((d) => d.parent === HOME && !PSEUDO.has(d.name));
  const counties = all.filter((d) => d.level === 'COUNTY' && !PSEUDO.has(d.name) && prefectures.some((p) => p.code === d.parent));
  const communities = inventCommunities(all, prefectures, counties);
  for (const community of communities) divisions.set(community.code, community);
  writeCsv('communities.csv', 'code,name,level,parent', communities);
  return { divisions, prefectures, counties, communities };
}

/** Townships with units: five of the showcase county, four of every prefecture (of its first county), three communities or two in each. */
function inventCommunities(all: Division[], prefectures: Division[], counties: Division[]): Division[] {
  const draw = random('communities');
  const found: Division[] = [];
  const seats = prefectures.map((p) => (p.code === SHOWCASE.slice(0, 4) + '00' ? SHOWCASE : counties.find((c) => c.parent === p.code)!.code));
  for (const seat of seats) {
    const townships = all.filter((d) => d.level === 'TOWNSHIP' && d.parent === seat && /(街道|镇|乡)$/.test(d.name));
    const chosen = seat === SHOWCASE
      ? townships.filter((t) => ['330106005', '330106007', '330106013', '330106109', '330106012'].includes(t.code))
      : draw.sample(townships, 4).sort((a, b) => (a.code < b.code ? -1 : 1));
    for (const township of chosen) {
      const count = seat === SHOWCASE ? 4 : draw.int(2, 3);
      const names = draw.sample([...STEMS], count);
      names.forEach((stem, index) => {
        const code = `${township.code}${String(index + 1).padStart(3, '0')}`;
        found.push({ code, name: `${draw.pick(PREFIXES)}${stem}社区`, level: 'COMMUNITY', parent: township.code });
      });
    }
  }
  return found;
}
