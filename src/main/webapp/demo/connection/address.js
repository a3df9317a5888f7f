/** The hub's address for `path` below the context root the page came from, so that it works at `/` and under `/carillon`. */
export function address(path, query = {}) {
  const url = new URL(path, document.baseURI);
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value].flat()) if (one !== null && one !== undefined) url.searchParams.append(name, one);
  }
  return url;
}
