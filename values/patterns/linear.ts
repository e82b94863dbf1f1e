/**
 * Patterns that may go to JavaScript's own engine although groups in them are repeated, as `translate` writes them: loading
 * RE2 and compiling takes longer than all comparisons of a synthesis. One that changes in AWS's models goes back to RE2.
 */
export const linearPatterns: ReadonlySet<string> = new Set([
  // After each character, the next one says which way to go: nothing is tried twice.
  "^[a-zA-Z](?:-?[a-zA-Z0-9])*$",
  String.raw`^[a-z0-9](?:-*(?:\.-*)?[a-z0-9])*$`,
  String.raw`^[^@\s]+@[^@\s][^@\s.]*\.[^@\s]+$`,
  "^(?:^$|^[a-zA-Z]{1}(?:-?[a-zA-Z0-9]){0,62}$)$",
  "^(?:^[a-zA-Z]{1}(?:-?[a-zA-Z0-9]){0,62}$)$",
  "^(?:^[a-zA-Z]{1}(?:-?[a-zA-Z0-9])*$)$",
  "^(?:^[A-Za-z](-?[A-Za-z0-9])*$)$",
  "^(?:[a-zA-Z]([a-zA-Z0-9_])+)$",
  String.raw`^(?:^([a-z,A-Z,0-9,. _\-:/()#,@[\]+=&;\{\}!$*])*$)$`,
  String.raw`^(?:^[a-z0-9]+(\.[a-z0-9_-]+)+$)$`,
  "^(?:^[a-z]{2}(-[a-z]+)+-[0-9]$)$",
  "^(?:^[a-z]{2}(-[a-z]+)+-[0-9][a-z0-9-]*[a-z]$)$",
  String.raw`^(?:^([a-z]+-)+\d+$)$`,
  String.raw`^(?:^[a-z]+(-[a-z]+)*[0-9]+(\.[0-9]+)*$)$`,
  String.raw`^(?:^[0-9]+(\.[0-9A-Za-z_-]+)*$)$`,
  String.raw`^(?:([0-9]*\.)?[0-9]+)$`,
  String.raw`^(?:^https://[^\s/?#@]+(/[^\s?#]*)?$)$`,
  String.raw`^[/._A-Za-z0-9-].*$|^\$(\.[\w-]+(\[(\d+|\*)\])*)*$`,
  String.raw`^(?:^(SampleCount|Average|Sum|Minimum|Maximum|IQM|(p|tm|tc|ts|wm)(100(\.0{0,10})?|[0-9]{1,2}(\.[0-9]{0,10})?)|(TM|TC|TS|WM|PR)\([0-9.%]*:[0-9.%]*\))$)$`,
  String.raw`^(?:^db\.(serverless|[a-z0-9-]+\.[a-z0-9-]+(\.tpc[0-9]\.mem[0-9]x)?)$)$`,
  // What is tried again is between two dots or hyphens, and has a bound.
  "^(?:^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$)$",
  String.raw`^(?:^((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])/(1[6-9]|2[0-8])$)$`,
  String.raw`^(\*\.)?([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9][A-Za-z0-9-]{0,61}[A-Za-z0-9]$`,
  String.raw`^(?:^(\*\.)?([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\.)*[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\.?$)$`,
  // Of budget names, which have a hundred characters at most.
  "<[sS][cC][rR][iI][pP][tT]>.*</[sS][cC][rR][iI][pP][tT]>",
]);
