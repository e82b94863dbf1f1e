/** What a picture of a backtest shows. */
export interface PictureData {
  readonly title: string;
  /** Hours in order; `start` in ISO 8601. */
  readonly hours: readonly { readonly start: string; readonly need: number; readonly warm: number }[];
  /** The fixed number that has as many cold requests. */
  readonly fixed: number;
  /** What each way costs, in US dollars. */
  readonly costs: readonly { readonly name: string; readonly costUsd: number; readonly coldRequests: number }[];
}

const size = { width: 960, plot: 240, left: 52, right: 16, top: 44, row: 22 };
const colours = { need: "#9db8d9", warm: "#c2410c", fixed: "#4b5563", text: "#1f2933", line: "#d5dae1" };

/** What was needed and what was warm over the hours, and a bar for each cost, as SVG. The same data gives the same bytes. */
export function backtestSvg({ title, hours, fixed, costs }: PictureData): string {
  const { width, plot, left, right, top, row } = size;
  const most = Math.max(1, fixed, ...hours.flatMap(({ need, warm }) => [need, warm]));
  const x = (index: number): string => decimal(left + (index / Math.max(1, hours.length)) * (width - left - right));
  const y = (value: number): string => decimal(top + plot - (value / most) * plot);
  const steps = (value: (hour: (typeof hours)[number]) => number): string =>
    hours.map((hour, index) => `${x(index)},${y(value(hour))} ${x(index + 1)},${y(value(hour))}`).join(" ");
  const days = hours.flatMap(({ start }, index) =>
    start.slice(11, 13) === "00" ? [{ index, day: start.slice(5, 10) }] : [],
  );
  const shown = days.filter((_, index) => index % Math.max(1, Math.ceil(days.length / 14)) === 0);
  const bars = top + plot + 56;
  const dearest = Math.max(...costs.map(({ costUsd }) => costUsd), Number.MIN_VALUE);
  const height = bars + costs.length * row + 12;
  const base = y(0);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="system-ui, sans-serif" font-size="12" fill="${colours.text}">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<text x="${left}" y="18" font-size="14" font-weight="600">${escapeXml(title)}</text>`,
    ...legend(),
    ...[0, 0.5, 1].map((share) => {
      const value = most * share;
      return `<path d="M${left} ${y(value)}H${width - right}" stroke="${colours.line}"/><text x="${left - 6}" y="${y(value)}" dy="4" text-anchor="end">${decimal(value)}</text>`;
    }),
    ...shown.map(({ index, day }) => `<text x="${x(index)}" y="${top + plot + 16}">${day}</text>`),
    `<polygon fill="${colours.need}" points="${left},${base} ${steps(({ need }) => need)} ${width - right},${base}"/>`,
    `<polyline fill="none" stroke="${colours.warm}" stroke-width="1.4" points="${steps(({ warm }) => warm)}"/>`,
    `<path d="M${left} ${y(fixed)}H${width - right}" stroke="${colours.fixed}" stroke-dasharray="6 4"/>`,
    `<text x="${left}" y="${bars - 14}" font-weight="600">US dollars over all tested days, and cold requests</text>`,
    ...costs.flatMap(({ name, costUsd, coldRequests }, index) => {
      const at = bars + index * row;
      const length = (costUsd / dearest) * 420;
      return [
        `<text x="${left}" y="${at + 12}">${escapeXml(name)}</text>`,
        `<rect x="270" y="${at}" width="${decimal(length)}" height="15" fill="${name === "predictive" ? colours.warm : colours.need}"/>`,
        `<text x="${decimal(278 + length)}" y="${at + 12}">${costUsd.toFixed(2)} USD, ${Math.round(coldRequests).toLocaleString("en-US")} cold</text>`,
      ];
    }),
    "</svg>",
    "",
  ].join("\n");
}

function legend(): string[] {
  const entries = [
    ["needed", `<rect x="0" y="-9" width="18" height="10" fill="${colours.need}"/>`],
    ["kept warm by the forecast", `<path d="M0 -4H18" stroke="${colours.warm}" stroke-width="2"/>`],
    [
      "fixed number with as many cold requests",
      `<path d="M0 -4H18" stroke="${colours.fixed}" stroke-dasharray="6 4"/>`,
    ],
  ] as const;
  const at = [size.left, size.left + 90, size.left + 290];
  return entries.map(
    ([text, mark], index) => `<g transform="translate(${at[index]} 35)">${mark}<text x="24" y="0">${text}</text></g>`,
  );
}

const decimal = (value: number): string => String(Math.round(value * 10) / 10);

const escapeXml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
