export { type ReportSources, readReport, stageAfter } from "./data/read-report";
export type * from "./data/report";
export { type PageParts, renderReport } from "./html/page";
export type { Picture } from "./html/topology";
export { pictureOf } from "./picture";
