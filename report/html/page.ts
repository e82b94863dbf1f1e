import { createHash } from "node:crypto";
import { pictureStyle } from "../../topology";
import type { Report } from "../data/report";
import { costs } from "./costs";
import { contents, header, overview } from "./header";
import { html, trusted } from "./html";
import { recovery } from "./recovery";
import { resources } from "./resources";
import { stages } from "./stages";
import { type Picture, topology } from "./topology";

/** What a page consists of besides the report. */
export interface PageParts {
  readonly picture: Picture;
  /** The style sheet and the script of the page, as `npm run build` makes them. */
  readonly style: string;
  readonly script: string;
}

/**
 * The report as one HTML document that needs nothing else: no server, no network, and no script but for search. The same bytes for the
 * same report. Its Content-Security-Policy permits this style sheet, this script and nothing else.
 * @see https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Content-Security-Policy
 */
export function renderReport(report: Report, { picture, style, script }: PageParts): string {
  const { environment, stage, description } = report;
  const styles = [style, ...("svg" in picture ? [pictureStyle()] : [])].map(hashOf);
  const policy = `default-src 'none'; style-src ${styles.join(" ")}; script-src ${hashOf(script)}; base-uri 'none'; form-action 'none'`;
  const title = `${environment} at ${stage}`;
  return `${
    html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${description}">
<meta name="referrer" content="no-referrer">
<title>${title} – Evenkeel report</title>
<style>${trusted(style)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
${header(report)}
${contents(report)}
<main id="content" tabindex="-1">
${overview(report)}
${topology(report.topology, picture)}
${stages(report)}
${recovery(report)}
${report.costs && costs(report.costs, stage)}
${resources(report)}
</main>
<footer><p>Written by <code>npx evenkeel report ${environment}${stage === report.ownStage ? "" : ` --stage ${stage}`}</code> from the synthesized Terraform. It holds no variables, settings or secrets.</p></footer>
<script>${trusted(script)}</script>
</body>
</html>
`.text
  }`;
}

/** How the policy names an inline style sheet or script. */
const hashOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
