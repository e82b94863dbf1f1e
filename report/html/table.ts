import { type Content, type Html, html } from "./html";

/** A column: its heading, and whether it holds numbers. */
export interface Column {
  readonly title: string;
  readonly numeric?: boolean;
}

/** A table: its caption, columns and rows; the first cell of each row names the row. */
export interface Table {
  readonly caption: Content;
  /** Class of the table, for widths of columns and the form on narrow screens. */
  readonly className: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Content[])[];
}

/**
 * A table with caption and scopes. Narrow screens show each row as a block, for which some browsers forget what a table is:
 * the roles tell them.
 */
export function table({ caption, className, columns, rows }: Table): Html {
  const style = (index: number): Html | false => columns[index]?.numeric === true && html` class="number"`;
  return html`<table class="${className}" role="table">
<caption>${caption}</caption>
<thead role="rowgroup"><tr role="row">${columns.map(
    ({ title }, index) => html`<th scope="col" role="columnheader"${style(index)}>${title}</th>`,
  )}</tr></thead>
<tbody role="rowgroup">${rows.map((row) => tableRow(row, style))}
</tbody>
</table>`;
}

function tableRow([first, ...others]: readonly Content[], style: (index: number) => Html | false): Html {
  return html`
<tr role="row"><th scope="row" role="rowheader"${style(0)}>${first}</th>${others.map(
    (cell, index) => html`<td role="cell"${style(index + 1)}>${cell}</td>`,
  )}</tr>`;
}
