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

// The theme loads the search on every page; Sphinx then takes each for the page of results and
// marks nothing. Mark the words that were searched, pairs of characters joined again
// (家庭 庭医 医生 is 家庭医生), and bring the first into view.
document.addEventListener("DOMContentLoaded", () => {
  if (document.getElementById("search-results")) return;
  const key = "sphinx_highlight_terms";
  const terms = (localStorage.getItem(key) || "").split(" ").reduce((joined, term) => {
    const goesOn = /[\u3400-\u9fff]/.test(term[0]) && joined.endsWith(term[0]);
    return goesOn ? joined + term.slice(1) : `${joined} ${term}`;
  }, "");
  localStorage.setItem(key, terms.trim());
  SphinxHighlight.highlightSearchWords();
  window.setTimeout(() => {
    const first = document.querySelector("article .highlighted");
    if (first) first.scrollIntoView({ block: "center" });
  }, 50);
});
