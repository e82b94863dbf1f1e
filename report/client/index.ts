/** The script of a report: search over its resources, and everything open in print. Without it the page is complete, but for search. */

/** A row of a table of resources, with what is searched in it. */
interface Row {
  readonly element: HTMLTableRowElement;
  readonly words: string;
  readonly holds: boolean;
}

interface Stack {
  readonly element: HTMLDetailsElement;
  readonly rows: readonly Row[];
  readonly count: HTMLElement | null;
  /** What it says of its size while nothing is searched. */
  readonly size: string;
}

const one = <E extends Element>(selector: string): E | null => document.querySelector<E>(selector);
const all = <E extends Element>(selector: string, within: ParentNode = document): E[] => [
  ...within.querySelectorAll<E>(selector),
];

const stacks: readonly Stack[] = all<HTMLDetailsElement>("details.stack").map((element) => {
  const count = element.querySelector<HTMLElement>(".count");
  const rows = all<HTMLTableRowElement>("tbody tr", element).map((row) => ({
    element: row,
    words: [...row.cells]
      .map(({ textContent }) => textContent ?? "")
      .join(" ")
      .toLowerCase(),
    holds: row.querySelector(".holds") !== null,
  }));
  return { element, rows, count, size: count?.textContent ?? "" };
});

const form = one<HTMLFormElement>("form.search");
const input = one<HTMLInputElement>("#search");
const holding = one<HTMLInputElement>("#holding");
const found = one<HTMLElement>(".found");
const toggleAll = one<HTMLButtonElement>("#toggle-all");
if (form && input && holding && found && toggleAll) start(form, input, holding, found, toggleAll);
openTarget();
openInPrint();

function start(
  search: HTMLFormElement,
  text: HTMLInputElement,
  onlyHolding: HTMLInputElement,
  result: HTMLElement,
  button: HTMLButtonElement,
): void {
  const total = Number(result.dataset.total);
  /** Which stacks were open before the search, to be so again after it. */
  let opened: ReadonlySet<Stack> | undefined;

  const update = (): void => {
    const terms = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const isSearching = terms.length > 0 || onlyHolding.checked;
    if (isSearching) opened ??= new Set(stacks.filter(({ element }) => element.open));
    let matching = 0;
    for (const stack of stacks) {
      let own = 0;
      for (const { element, words, holds } of stack.rows) {
        const matches = (holds || !onlyHolding.checked) && terms.every((term) => words.includes(term));
        element.hidden = !matches;
        if (matches) own += 1;
      }
      matching += own;
      stack.element.hidden = isSearching && own === 0;
      stack.element.open = isSearching ? own > 0 : (opened?.has(stack) ?? stack.element.open);
      if (stack.count) stack.count.textContent = isSearching ? `${own} of ${stack.size}` : stack.size;
    }
    if (!isSearching) opened = undefined;
    result.textContent = isSearching
      ? matching === 0
        ? "No resource matches."
        : `${matching} of ${total} resources match.`
      : "";
    name();
  };
  const clear = (): void => {
    text.value = "";
    onlyHolding.checked = false;
    update();
  };
  const name = (): void => {
    button.textContent = stacks.every(({ element }) => element.open || element.hidden)
      ? "Close all stacks"
      : "Open all stacks";
  };

  text.addEventListener("input", update);
  onlyHolding.addEventListener("change", update);
  search.addEventListener("submit", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    const open = stacks.some(({ element }) => !element.open && !element.hidden);
    for (const { element } of stacks) element.open = open;
    name();
  });
  for (const { element } of stacks) element.addEventListener("toggle", name);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && search.contains(document.activeElement)) clear();
    if (event.key !== "/" || isWriting(document.activeElement)) return;
    event.preventDefault();
    text.focus();
    text.select();
  });
  search.hidden = false;
  // A browser keeps what was written when a page is loaded again.
  update();
}

function isWriting(element: Element | null): boolean {
  return element instanceof HTMLInputElement && element.type !== "checkbox";
}

/** Opens the stack that the address of the page names. */
function openTarget(): void {
  const open = (): void => {
    const target = stacks.find(({ element: { id } }) => location.hash === `#${id}`);
    if (target) target.element.open = true;
  };
  addEventListener("hashchange", open);
  open();
}

/** Paper cannot be opened. */
function openInPrint(): void {
  let closed: readonly HTMLDetailsElement[] = [];
  addEventListener("beforeprint", () => {
    closed = all<HTMLDetailsElement>("details:not([open])");
    for (const details of closed) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of closed) details.open = false;
  });
}
