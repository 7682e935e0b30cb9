// What Sphinx's own Chinese catalogue lacks: the line above the results of a search.
Documentation.addTranslations({
  locale: "zh_CN",
  plural_expr: "0",
  messages: {
    "Search finished, found one page matching the search query.": ["搜索完成，找到 ${resultCount} 页。"],
  },
});
