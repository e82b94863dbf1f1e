/** The part of a page of results that says what a run finds when something is broken on purpose. @param where what is changed */
export const wouldNotice = (
  breakages: Readonly<Record<string, { readonly what: string; readonly found: string }>>,
  where = "",
): string[] => [
  "## Whether it would notice",
  "",
  `With \`--break <what>\` one thing is broken${where}. Each has to make the run fail:`,
  "",
  "| broken | what then happens | what a sample finds |",
  "|---|---|---|",
  ...Object.entries(breakages).map(([name, { what, found }]) => `| \`${name}\` | ${what} | ${found} |`),
  "",
];
