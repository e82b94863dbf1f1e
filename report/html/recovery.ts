import type { RecoveryPath, RecoveryReport, Report, ServiceRecovery } from "../data/report";
import { type Html, html } from "./html";
import { table } from "./table";
import { duration } from "./words";

/** How soon each service works again, and how much may be missing, beside what is promised. */
export function recovery({ recovery: report, homeRegion, activeRegion, standbyRegions, stage }: Report): Html {
  const { inForce, since, services } = report;
  const others = [homeRegion, ...standbyRegions].filter((region) => region !== activeRegion);
  return html`<section id="recovery" aria-labelledby="recovery-title">
<h2 id="recovery-title">Recovery</h2>
<p>After the loss of ${activeRegion}, ${
    others.length > 0 ? html`in ${others.join(", ")}` : "without a standby region"
  }. The numbers follow from the configuration and from what AWS documents; they were not measured. The mark on a bar is the objective.</p>
${activeRegion !== homeRegion && html`<p class="note">Databases write in ${homeRegion} until somebody switches them over, so their numbers are for the loss of ${homeRegion} too.</p>`}
${
  !inForce &&
  html`<p class="note">At ${stage} no standby region serves. These are the numbers of ${since}, which brings it.</p>`
}
${services.length > 0 ? services.map((each) => service(each, report)) : html`<p>The environment has no services.</p>`}
</section>`;
}

function service({ service: name, objective, paths, met }: ServiceRecovery, report: RecoveryReport): Html {
  return html`<article class="service">
<h3>${name} ${verdict(met, objective !== undefined, report)}</h3>
${
  objective
    ? html`<p>Objectives: it works again within ${duration(objective.recoveryTimeSeconds)}, and no more than the last ${duration(objective.recoveryPointSeconds)} of data is lost.</p>`
    : html`<p>The environment's file promises nothing for this service.</p>`
}
${
  paths.length > 0
    ? table({
        caption: `Recovery of ${name}, by path`,
        className: "recovery",
        columns: [{ title: "Path" }, { title: "Recovery time" }, { title: "Recovery point" }],
        rows: paths.map((path) => [
          html`<a href="${path.documentation}" rel="noreferrer">${path.subject === undefined ? path.path : `${path.path} ${path.subject}`}</a>`,
          number(path, "recoveryTime", objective?.recoveryTimeSeconds),
          number(path, "recoveryPoint", objective?.recoveryPointSeconds),
        ]),
      })
    : html`<p>No path leads to another region.</p>`
}
</article>`;
}

function verdict(met: boolean | undefined, promised: boolean, { inForce, since }: RecoveryReport): Html {
  if (!promised) return html`<span class="mark no">no objective</span>`;
  if (met === undefined) return html`<span class="mark bad">no path</span>`;
  const when = inForce ? "" : ` from ${since} on`;
  return met
    ? html`<span class="mark yes">objectives met${when}</span>`
    : html`<span class="mark bad">objectives missed</span>`;
}

/** A number, a bar that compares it with its objective, and how it is made. */
function number(path: RecoveryPath, of: "recoveryTime" | "recoveryPoint", objective: number | undefined): Html {
  const [seconds, from] = [path[`${of}Seconds`], path[`${of}From`]];
  const missed = objective !== undefined && seconds > objective;
  return html`<span class="seconds">${duration(seconds)}${missed && html` <span class="mark bad">above ${duration(objective)}</span>`}</span>${
    objective !== undefined && bar(seconds, objective)
  }<span class="more">${from}</span>`;
}

const width = 120;

/** The objective is at three quarters, unless the value is so much larger that it would leave the bar. */
function bar(seconds: number, objective: number): Html {
  const scale = Math.max(objective / 0.75, seconds, 1);
  const at = (value: number): number => Math.round((value / scale) * width * 10) / 10;
  const length = Math.max(at(seconds), 1.5);
  return html`<svg class="bar" viewBox="0 0 ${width} 10" width="${width}" height="10" aria-hidden="true" focusable="false"><rect class="track" y="3" width="${width}" height="4" rx="2"/><rect class="${seconds > objective ? "over" : "within"}" y="3" width="${length}" height="4" rx="2"/><rect class="limit" x="${Math.min(at(objective), width - 1.5)}" width="1.5" height="10"/></svg>`;
}
