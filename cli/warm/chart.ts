const blocks = "▁▂▃▄▅▆▇█";

/** A row of blocks, one for every `step` values, as high as the greatest of them. @param most the value of a full block */
export function sparkline(values: readonly number[], step: number, most: number): string {
  const columns = Math.ceil(values.length / step);
  return Array.from({ length: columns }, (_, column) => {
    const highest = Math.max(...values.slice(column * step, (column + 1) * step));
    const level = most === 0 ? 0 : Math.round((highest / most) * (blocks.length - 1));
    return blocks[Math.min(blocks.length - 1, level)];
  }).join("");
}
