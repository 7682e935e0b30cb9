"use strict";

// What Sphinx's own Chinese catalogue lacks: the line above the results of a search.
if (document.documentElement.lang.startsWith("zh")) {
  Documentation.addTranslations({
    locale: "zh_CN",
    plural_expr: "0",
    messages: {
      "Search finished, found one page matching the search query.": ["搜索完成，找到 ${resultCount} 页。"],
    },
  });
}

// Mark the words that were searched on the page that was found, and bring the first into view. The
// links of the results carry the words: Sphinx leaves them in the browser's storage, which from the
// file system a page that follows at once does not always see, and which holds pairs of characters
// (家庭 庭医 医生 for 家庭医生).
const carryWords = (results) => {
  const words = new URLSearchParams(window.location.search).get("q") || "";
  for (const link of results.querySelectorAll("ul.search a[href]")) {
    const [page, anchor] = link.getAttribute("href").split("#");
    if (page.includes("?")) continue;
    const hash = anchor ? `#${anchor}` : "";
    link.setAttribute("href", `${page}?highlight=${encodeURIComponent(words)}${hash}`);
  }
};

// The clauses of tasks that hold the words, above the pages: each leads to its task. A space is
// "and", | is "or", and words of one meaning are looked for together, as in the task browser.
const MOST_CLAUSES = 20;
const AROUND = 24;
const showClauses = (results) => {
  const words = (new URLSearchParams(window.location.search).get("q") || "").trim();
  if (!words || !window.yiyangTasks) return;
  const { lang, tasks, same } = window.yiyangTasks;
  const query = words.toLowerCase().split(/[|｜]/).map((part) => part.trim().split(/\s+/)
    .filter(Boolean).map((word) => [word, ...(same.find((group) => group.includes(word)) ?? [])
      .filter((other) => other !== word)])).filter((all) => all.length);
  const holds = (text) => query.some((all) =>
    all.every((any) => any.some((word) => text.toLowerCase().includes(word))));
  const found = tasks.filter(([, text]) => holds(text));
  if (!found.length) return;
  const also = [...new Set(query.flat().flatMap((any) => any.slice(1)))].join("、");
  const box = document.createElement("div");
  box.className = "yy-clauses";
  const head = document.createElement("p");
  const all = document.createElement("a");
  all.href = `tasks.html?words=${encodeURIComponent(words)}`;
  all.textContent = lang === "zh" ? `${found.length}项任务写到“${words}”` : `“${words}” in ${found.length} tasks`;
  head.append(all);
  if (also) head.append(lang === "zh" ? `（也找了：${also}）` : ` (also looked for: ${also})`);
  const list = document.createElement("ul");
  for (const [id, text, gloss] of found.slice(0, MOST_CLAUSES)) {
    const lower = text.toLowerCase();
    const [at, word] = query.flat(2).map((one) => [lower.indexOf(one), one])
      .filter(([where]) => where >= 0).sort((one, other) => one[0] - other[0])[0];
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `tasks.html#${encodeURIComponent(id)}`;
    link.textContent = id;
    const hit = document.createElement("mark");
    hit.textContent = text.slice(at, at + word.length);
    const clause = document.createElement("span");
    clause.lang = "zh-CN";
    clause.append(
      `${at > AROUND ? "…" : ""}${text.slice(Math.max(0, at - AROUND), at)}`, hit,
      `${text.slice(at + word.length, at + word.length + AROUND)}…`);
    item.append(link, " ", clause);
    if (gloss) {
      const said = document.createElement("small");
      said.className = "yy-gloss";
      said.textContent = `‘Gloss: ${gloss.replace(/\.$/, "")}’`;
      item.append(" ", said);
    }
    list.append(item);
  }
  box.append(head, list);
  results.before(box);
};

document.addEventListener("DOMContentLoaded", () => {
  const results = document.getElementById("search-results");
  if (results) {
    const field = document.querySelector("form.bd-search input");
    field?.focus();
    field?.select();
    carryWords(results);
    const texts = document.createElement("script");
    texts.src = "clauses.js";
    texts.addEventListener("load", () => showClauses(results));
    document.head.append(texts);
    const observer = new MutationObserver(() => carryWords(results));
    observer.observe(results, { childList: true, subtree: true });
    return;
  }
  // The theme loads the search on every page; Sphinx then takes each for the page of results and
  // marks nothing itself.
  localStorage.removeItem("sphinx_highlight_terms");
  SphinxHighlight.highlightSearchWords();
  window.setTimeout(() => {
    const first = document.querySelector("article .highlighted");
    const folded = first?.closest("details");
    if (folded) folded.open = true;
    first?.scrollIntoView({ block: "center" });
  }, 50);
});
