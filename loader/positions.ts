import { SourceMap } from "node:module";

const maps = new Map<string, string>();

/** Remembers by which map the code of a file goes back to its source. */
export function keepSourceMap(file: string, map: string): void {
  maps.set(file, map);
}

/** A stack trace with the lines and columns of the sources, for files that `loadTypeScript` compiled. */
export function withSourcePositions(stack: string): string {
  const decoded = new Map<string, SourceMap>();
  return stack.replace(/([^\s()]+\.ts):(\d{1,9}):(\d{1,9})/g, (place, file: string, line: string, column: string) => {
    const map = decoded.get(file) ?? mapOf(file);
    if (!map) return place;
    decoded.set(file, map);
    const entry = map.findEntry(Number(line) - 1, Number(column) - 1);
    return "originalLine" in entry ? `${file}:${entry.originalLine + 1}:${entry.originalColumn + 1}` : place;
  });
}

function mapOf(file: string): SourceMap | undefined {
  const map = maps.get(file);
  return map === undefined ? undefined : new SourceMap(JSON.parse(map));
}
