import { relative } from "node:path";
import { pageFiles } from "./pages";
import { isRepositoryLink, resolveLink } from "./repository-links";

/** What is used here of a token of markdown-it. */
interface Token {
  type: string;
  content: string;
  children: Token[] | null;
  meta: { readonly field?: boolean } | null;
  attrGet(name: string): string | null;
  attrSet(name: string, value: string): void;
}

/** What VitePress says about the page that is rendered. */
export interface PageEnvironment {
  readonly path: string;
  /** The file itself, where the page has another path in the site. */
  readonly realPath?: string;
  readonly frontmatter?: { readonly search?: boolean };
}

interface State {
  readonly tokens: Token[];
  readonly env: PageEnvironment;
  readonly Token: new (type: string, tag: string, nesting: number) => Token;
}

interface BlockState {
  readonly src: string;
  readonly bMarks: number[];
  readonly tShift: number[];
  readonly eMarks: number[];
  line: number;
}

type RenderRule = (tokens: readonly Token[], index: number, ...others: readonly unknown[]) => string;

/** What is used here of markdown-it, as VitePress hands it over. */
export interface Markdown {
  set(options: { html: boolean }): unknown;
  render(source: string, env: PageEnvironment): string;
  readonly linkify: { set(options: { fuzzyLink: boolean }): unknown };
  readonly core: {
    readonly ruler: { push(name: string, rule: (state: State) => void): void; disable(name: string): unknown };
  };
  readonly renderer: { readonly rules: Record<string, RenderRule | undefined> };
  readonly block: {
    readonly ruler: {
      before(
        at: string,
        name: string,
        rule: (state: BlockState, start: number, end: number, silent: boolean) => boolean,
        options: { alt: string[] },
      ): void;
    };
  };
}

/** Has VitePress read Markdown as GitHub does, and links within the repository lead to the pages of the site. */
export function asOnGitHub(markdown: Markdown): void {
  // `<env>-keys` in prose is text, and comments are not shown.
  markdown.set({ html: false });
  markdown.block.ruler.before("paragraph", "comment", skipComment, { alt: ["paragraph", "reference", "list"] });
  // `main.sh` is no address, `arn:key:` no picture of a key.
  markdown.linkify.set({ fuzzyLink: false });
  markdown.core.ruler.disable("emoji");
  // Vue would evaluate what stands in double braces.
  const render = markdown.render.bind(markdown);
  markdown.render = (source, env) => render(source, env).replaceAll("{{", "&#123;&#123;");
  const pages = new Set(pageFiles());
  markdown.core.ruler.push("repository-links", (state) => linkWithin(state, pages));
  markdown.core.ruler.push("field-rows", anchorRows);
  const { code_inline: code } = markdown.renderer.rules;
  markdown.renderer.rules.code_inline = (tokens, index, ...others) => {
    const html = code?.(tokens, index, ...others) ?? "";
    // Paths of fields are long: they break behind a dot, and nowhere else.
    return tokens[index]?.meta?.field ? html.replaceAll(".", ".<wbr>") : html;
  };
}

function skipComment(state: BlockState, start: number, _end: number, silent: boolean): boolean {
  const line = state.src.slice((state.bMarks[start] ?? 0) + (state.tShift[start] ?? 0), state.eMarks[start]);
  if (!/^<!--.*-->\s*$/.test(line)) return false;
  if (!silent) state.line = start + 1;
  return true;
}

const fileOf = ({ path, realPath }: PageEnvironment): string => relative(".", realPath ?? path).replaceAll("\\", "/");

function linkWithin({ tokens, env }: State, pages: ReadonlySet<string>): void {
  const file = fileOf(env);
  for (const token of tokens.flatMap(({ children }) => children ?? [])) {
    const href = token.type === "link_open" ? token.attrGet("href") : null;
    // What is shown of the source has addresses of the site already.
    if (href === null || !isRepositoryLink(href) || href.startsWith("/")) continue;
    const link = resolveLink(file, href, pages);
    if ("dead" in link) throw new Error(link.dead);
    token.attrSet("href", link.address);
  }
}

/** Pages whose tables have a field, a capability or a rule in each row: each row has an address, and is found by itself. */
const pagesOfFields = /^docs\/reference\/(environment|organisation)\.md$/;

function anchorRows(state: State): void {
  if (!pagesOfFields.test(fileOf(state.env))) return;
  const taken = new Map<string, number>();
  let kind = "field";
  state.tokens.forEach((token, index) => {
    const [cell, inline] = state.tokens.slice(index + 1, index + 3);
    // The search prefers fields; a rule is a sentence that only mentions some.
    if (token.type === "tr_open" && cell?.type === "th_open") kind = inline?.content === "rule" ? "rule" : "field";
    const code = inline?.children?.[0];
    if (token.type !== "tr_open" || cell?.type !== "td_open" || code?.type !== "code_inline" || !inline) return;
    const name = `${kind}-${code.content.replace(/[^A-Za-z0-9]+/g, "-").replace(/-$/, "")}`;
    const times = taken.get(name) ?? 0;
    taken.set(name, times + 1);
    const id = times === 0 ? name : `${name}-${times}`;
    token.attrSet("id", id);
    code.meta = { field: true };
    const open = new state.Token("link_open", "a", 1);
    open.attrSet("href", `#${id}`);
    inline.children = [open, ...(inline.children ?? []), new state.Token("link_close", "a", -1)];
  });
}

/** The HTML of a page for the search: each row of a field is a section of its own, with the field as its title. */
export function searchedHtml(source: string, env: PageEnvironment, markdown: Markdown): string {
  const html = markdown.render(source, env);
  if (env.frontmatter?.search === false) return "";
  const rows = /<tr id="([^"]+)"[^>]*>\s*<td[^>]*>([\s\S]*?)<\/td>/g;
  return html
    .replace(rows, (_, id: string, cell: string) => `<h4>${cell.replace(/<[^>]+>/g, "")}<a href="#${id}">#</a></h4>`)
    .replace(/<\/(td|th|li|p)>/g, " </$1>");
}
