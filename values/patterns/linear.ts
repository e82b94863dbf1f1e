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
  String.raw`^(?:^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$)$`,
  "^(?:^[0-9]{1,3}(-[0-9]{3})?(,[0-9]{3}(-[0-9]{3})?)*$)$",
  "^(?:^([0-9]+|[0-9.]+ ?[vV][cC][pP][uU])$)$",
  "^(?:^([0-9]+|[0-9.]+ ?GB)$)$",
  String.raw`^(?:^(LATEST|[0-9]+\.[0-9]+\.[0-9]+)$)$`,
  "^(?:(LATEST|TRIM_HORIZON|AT_TIMESTAMP)+)$",
  String.raw`^(?:arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+)$`,
  String.raw`^(?:arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:([a-z]{2}(-gov)?-[a-z]+-\d{1})?:(\d{12})?:(.*))$`,
  String.raw`^(?:^((%[0-9A-Fa-f]{2}|[-()_.!~*';/?:@\x{26}=+$,A-Za-z0-9])+)([).!';/?:,])?$)$`,
  String.raw`^\t*[^\x{00}-\x{1F}:\x{7F}][^\x{00}-\x{08}\x{0A}-\x{1F}:\x{7F}]*$`,
  String.raw`^\t*[ -~][\t -~]*$`,
  // From each slash, a name is looked for up to the next one.
  String.raw`^(?:^([\x{0021}-\x{007F}]+\x{002F})?[\w+=,.@-]+$)$`,
  // What is tried again is between two dots or hyphens, and has a bound.
  "^(?:^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$)$",
  String.raw`^(?:^((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])/(1[6-9]|2[0-8])$)$`,
  String.raw`^(\*\.)?([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9][A-Za-z0-9-]{0,61}[A-Za-z0-9]$`,
  String.raw`^(?:^(\*\.)?([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\.)*[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\.?$)$`,
  String.raw`^(?:^((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])/([0-9]|[12][0-9]|3[0-2])$)$`,
  // Of budget names, which have a hundred characters at most.
  "<[sS][cC][rR][iI][pP][tT]>.*</[sS][cC][rR][iI][pP][tT]>",
]);
