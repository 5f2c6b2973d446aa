// CSV after RFC 4180 with LF line ends: read into records by header name, written from records in the header's order.

import { readFileSync, writeFileSync } from 'node:fs';

export type Row = Record<string, string>;
export type Cell = string | number | boolean | undefined;

export const seedFile = (name: string): URL => new URL(`../${name}`, import.meta.url);

export function parseCsv(text: string): Row[] {
  const lines: string[][] = [];
  let line: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') { cell += '"'; i++; } else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === ',') { line.push(cell); cell = ''; }
    else if (c === '\n') { line.push(cell); lines.push(line); line = []; cell = ''; }
    else cell += c;
  }
  if (cell !== '' || line.length > 0) { line.push(cell); lines.push(line); }
  const header = lines.shift() ?? [];
  return lines.map((cells, index) => {
    if (cells.length !== header.length) throw new Error(`row ${index + 2} has ${cells.length} cells, not ${header.length}`);
    return Object.fromEntries(header.map((name, column) => [name, cells[column] ?? '']));
  });
}

export const readCsv = (name: string): Row[] => parseCsv(readFileSync(seedFile(name), 'utf8'));

const quote = (value: Cell): string => {
  const text = value === undefined ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

export function writeCsv(name: string, header: string, rows: readonly object[]): void {
  const columns = header.split(',');
  const lines = rows.map((row) => columns.map((column) => quote((row as Record<string, Cell>)[column])).join(','));
  writeFileSync(seedFile(name), [header, ...lines, ''].join('\n'), 'utf8');
}
