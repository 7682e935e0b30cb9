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

document.addEventListener("DOMContentLoaded", () => {
  const results = document.getElementById("search-results");
  if (results) {
    const field = document.querySelector("form.bd-search input");
    field?.focus();
    field?.select();
    carryWords(results);
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
