// The page that stands for all that are missing: say which tag was asked for, and search for it.
const asked = /\/tag\/([^/]{1,40})\/?$/u.exec(location.pathname);

if (asked) {
  let tag = asked[1];
  try {
    tag = decodeURIComponent(tag);
  } catch {
    // No encoding of any text: it is shown as it stands.
  }
  document.getElementById("missing-title").textContent = `No formula has the tag ${tag}`;
  document.title = `No tag ${tag}`;
  const search = document.getElementById("missing-search");
  search.href = `?q=${encodeURIComponent(tag)}`;
  search.textContent = `Search for ${tag}`;
  const capitals = tag.toUpperCase();
  if (capitals !== tag && /^[B-DF-HJKMNP-TV-Z][0-9B-DF-HJKMNP-TV-Z]{3}$/u.test(capitals)) {
    const link = document.createElement("a");
    link.href = location.pathname.replace(/[^/]+\/?$/u, `${capitals}/`);
    link.textContent = capitals;
    document.getElementById("missing-tag").replaceChildren("A tag is written in capitals: ", link);
  }
}
